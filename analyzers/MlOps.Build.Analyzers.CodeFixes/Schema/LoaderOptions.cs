using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Says the arguments of a load as TextLoader.Options, which can say more.</summary>
internal static class LoaderOptions
{
    private const string NaN = "MissingRealsAsNaNs = true";

    private static readonly Dictionary<string, string> OptionOf = new()
    {
        ["separatorChar"] = "Separators",
        ["hasHeader"] = "HasHeader",
        ["allowQuoting"] = "AllowQuoting",
        ["trimWhitespace"] = "TrimWhitespace",
        ["allowSparse"] = "AllowSparse",
    };

    public static ArgumentListSyntax? WithNaN(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var list = call.ArgumentList;
        if (list.DescendantTrivia().Any(static part =>
            part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            return null;
        }

        if (list.Arguments.Select(static one => one.Expression).OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault() is { } made)
        {
            return list.ReplaceNode(made, WithNaN(made));
        }

        var others = new List<ArgumentSyntax>();
        var options = new List<string>();
        foreach (var argument in list.Arguments)
        {
            if (model.GetOperation(argument, cancellation) is not IArgumentOperation { Parameter.Name: var parameter })
            {
                return null;
            }

            if (!OptionOf.TryGetValue(parameter, out var option))
            {
                others.Add(argument);
                continue;
            }

            var value = argument.Expression.WithoutTrivia().ToString();
            options.Add(option == "Separators" ? $"Separators = new[] {{ {value} }}" : $"{option} = {value}");
        }

        options.Add(NaN);
        var creation = SyntaxFactory.ParseExpression($"new TextLoader.Options {{ {string.Join(", ", options)} }}");
        var added = SyntaxFactory.Argument(creation);

        // A named argument may stand out of its place, and then so must all behind it.
        others.Add(others.Any(static one => one.NameColon is not null)
            ? added.WithNameColon(SyntaxFactory.NameColon("options").WithTrailingTrivia(SyntaxFactory.Space))
            : added);
        var commas = Enumerable.Repeat(
            SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), others.Count - 1);
        return list.WithArguments(SyntaxFactory.SeparatedList(others, commas));
    }

    private static ExpressionSyntax WithNaN(BaseObjectCreationExpressionSyntax made)
    {
        var first = made.Initializer is { Expressions.Count: > 0 } initializer
            ? string.Concat(initializer.Expressions.Select(static one => one.WithoutTrivia() + ", "))
            : string.Empty;
        var start = made.WithInitializer(null).WithoutTrivia().ToString().TrimEnd();
        return SyntaxFactory.ParseExpression($"{start} {{ {first}{NaN} }}");
    }
}
