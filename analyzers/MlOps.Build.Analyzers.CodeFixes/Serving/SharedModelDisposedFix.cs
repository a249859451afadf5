using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Serving;

namespace MlOps.Build.Analyzers.CodeFixes.Serving;

/// <summary>Makes the engine with <c>OwnsTransformer = false</c>, which only PredictionEngineOptions can say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SharedModelDisposedFix))]
[Shared]
public sealed class SharedModelDisposedFix : CodeFixProvider
{
    private const string NotOwned = "OwnsTransformer = false";

    private static readonly DocumentFixAll FixAll = new(MendAsync);

    private static readonly Dictionary<string, string> OptionOf = new()
    {
        ["ignoreMissingColumns"] = "IgnoreMissingColumns",
        ["inputSchemaDefinition"] = "InputSchemaDefinition",
        ["outputSchemaDefinition"] = "OutputSchemaDefinition",
    };

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedModelDisposedAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is { } node
            && await MendAsync(context.Document, node, context.CancellationToken).ConfigureAwait(false) is { } mended)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Leave the model to its owner", _ => Task.FromResult(mended), equivalenceKey: SharedModelDisposedAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax call
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || Arguments(call.ArgumentList, operation) is not { } arguments)
        {
            return null;
        }

        var changed = root.ReplaceNode(call, call.WithArgumentList(arguments));
        if (model.Compilation.GetTypeByMetadataName("Microsoft.ML.PredictionEngineOptions") is { } options
            && !Usings.Reach(model, call.SpanStart, options))
        {
            changed = Usings.Add(changed, options.ContainingNamespace);
        }

        var mended = document.WithSyntaxRoot(changed);
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    private static ArgumentListSyntax? Arguments(ArgumentListSyntax list, IInvocationOperation call)
    {
        if (list.DescendantTrivia().Any(static part =>
            part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            return null;
        }

        if (LocalFlow.Argument(call, "options") is { } own)
        {
            return own.Syntax is ArgumentSyntax { Expression: BaseObjectCreationExpressionSyntax made }
                ? list.ReplaceNode(made, NotOwning(made))
                : null;
        }

        if (LocalFlow.Argument(call, "transformer")?.Syntax is not ArgumentSyntax model)
        {
            return null;
        }

        var options = new List<string>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Syntax is ArgumentSyntax { Expression: { } value } written && !ReferenceEquals(written, model))
            {
                if (argument.Parameter is null || !OptionOf.TryGetValue(argument.Parameter.Name, out var option))
                {
                    return null;
                }

                options.Add($"{option} = {value.WithoutTrivia()}");
            }
        }

        options.Add(NotOwned);
        var added = SyntaxFactory.Argument(
            SyntaxFactory.ParseExpression($"new PredictionEngineOptions {{ {string.Join(", ", options)} }}"));
        return list.WithArguments(SyntaxFactory.SeparatedList(
            [model.WithoutTrivia(), model.NameColon is null ? added : Named(added)],
            [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]));
    }

    private static ArgumentSyntax Named(ArgumentSyntax options) =>
        options.WithNameColon(SyntaxFactory.NameColon("options").WithTrailingTrivia(SyntaxFactory.Space));

    private static ExpressionSyntax NotOwning(BaseObjectCreationExpressionSyntax made)
    {
        var others = made.Initializer?.Expressions
            .Where(static one => one is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "OwnsTransformer" } })
            .Select(static one => one.WithoutTrivia() + ", ") ?? [];
        var start = made.WithInitializer(null).WithoutTrivia().ToString().TrimEnd();
        return SyntaxFactory.ParseExpression($"{start} {{ {string.Concat(others)}{NotOwned} }}");
    }
}
