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
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.CodeFixes.Reproducibility;

/// <summary>Passes the invariant culture.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CultureParsingFix))]
[Shared]
public sealed class CultureParsingFix : CodeFixProvider
{
    private const string Culture = "CultureInfo.InvariantCulture";
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CultureParsingAnalyzer.Id];

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
                CodeAction.Create("Read by the invariant culture", _ => Task.FromResult(mended), equivalenceKey: CultureParsingAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax call
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || model.Compilation.GetTypeByMetadataName("System.Globalization.CultureInfo") is not { } culture)
        {
            return null;
        }

        var changed = root.ReplaceNode(call, call.WithArgumentList(WithCulture(call.ArgumentList, operation)));
        if (!Usings.Reach(model, call.SpanStart, culture))
        {
            changed = Usings.Add(changed, culture.ContainingNamespace);
        }

        // Older frameworks lack some of the overloads.
        var mended = document.WithSyntaxRoot(changed);
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    private static ArgumentListSyntax WithCulture(ArgumentListSyntax list, IInvocationOperation operation)
    {
        var value = SyntaxFactory.ParseExpression(Culture);
        foreach (var argument in operation.Arguments)
        {
            if (argument.Parameter?.Type.Name == "IFormatProvider" && argument.Syntax is ArgumentSyntax { Expression: var said })
            {
                return list.ReplaceNode(said, value.WithTriviaFrom(said));
            }
        }

        // The result of TryParse stays last.
        var isNamed = list.Arguments.Any(static one => one.NameColon is not null)
            || operation.Arguments.Any(static one => one.Parameter?.Type.Name == "IFormatProvider");
        var added = isNamed
            ? SyntaxFactory.Argument(SyntaxFactory.NameColon("provider").WithTrailingTrivia(SyntaxFactory.Space), refKindKeyword: default, value)
            : SyntaxFactory.Argument(value);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var parts = list.Arguments.GetWithSeparators();
        var last = list.Arguments.Last();
        if (!isNamed && last.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
        {
            return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(
                parts.Insert(parts.Count - 1, added).Insert(parts.Count, comma)));
        }

        parts = parts.Replace(last, last.WithoutTrailingTrivia()).Add(comma).Add(added.WithTrailingTrivia(last.GetTrailingTrivia()));
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(parts));
    }
}
