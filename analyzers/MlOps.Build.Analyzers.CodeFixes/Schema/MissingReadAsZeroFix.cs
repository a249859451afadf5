using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Loads with <c>MissingRealsAsNaNs = true</c>, which only TextLoader.Options can say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingReadAsZeroFix))]
[Shared]
public sealed class MissingReadAsZeroFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MissingReadAsZeroAnalyzer.Id];

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
                    "Read empty cells as NaN", _ => Task.FromResult(mended), equivalenceKey: MissingReadAsZeroAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax call
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || LoaderOptions.WithNaN(call, model, cancellation) is not { } arguments)
        {
            return null;
        }

        var changed = root.ReplaceNode(call, call.WithArgumentList(arguments));
        if (model.Compilation.GetTypeByMetadataName("Microsoft.ML.Data.TextLoader") is { } loader
            && !Usings.Reach(model, call.SpanStart, loader))
        {
            changed = Usings.Add(changed, loader.ContainingNamespace);
        }

        var mended = document.WithSyntaxRoot(changed);
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
