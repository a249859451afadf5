using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace MlOps.Build.Analyzers.CodeFixes;

/// <summary>Fixes the findings of a document one after the other, each on what the one before left behind.</summary>
/// <remarks>The batch fixer computes every fix on the original text and drops those that touch the same place, so of two
/// calls that belong into one chain it would mend one.</remarks>
internal sealed class DocumentFixAll(Func<Document, SyntaxNode, CancellationToken, Task<Document?>> fix)
    : DocumentBasedFixAllProvider
{
    protected override async Task<Document?> FixAllAsync(
        FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var cancellation = fixAllContext.CancellationToken;
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var marks = diagnostics
            .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (
                Node: root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true),
                Mark: new SyntaxAnnotation()))
            .GroupBy(static pair => pair.Node)
            .ToDictionary(static group => group.Key, static group => group.First().Mark);
        var current = document.WithSyntaxRoot(
            root.ReplaceNodes(marks.Keys, (node, rewritten) => rewritten.WithAdditionalAnnotations(marks[node])));
        foreach (var mark in marks.Values)
        {
            var latest = await current.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            if (latest?.GetAnnotatedNodes(mark).FirstOrDefault() is { } node
                && await fix(current, node, cancellation).ConfigureAwait(false) is { } next)
            {
                current = next;
            }
        }

        return current;
    }
}
