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

/// <summary>Keeps a dropped result: assigns it back where its type allows that, else moves the call into the declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedResultFix))]
[Shared]
public sealed class DroppedResultFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(KeepAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DroppedResultAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is { } node
            && await KeepAsync(context.Document, node, context.CancellationToken).ConfigureAwait(false) is { } kept)
        {
            context.RegisterCodeFix(
                CodeAction.Create("Keep the result", _ => Task.FromResult(kept), equivalenceKey: DroppedResultAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> KeepAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax { Parent: { } parent } call
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || DroppedCall.Of(call, model, cancellation) is not { } dropped)
        {
            return null;
        }

        var root = await parent.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        var changed = AssignBack.To(root, dropped) ?? ChainIntoDeclaration.To(root, dropped, cancellation);
        return changed is null ? null : document.WithSyntaxRoot(changed);
    }
}
