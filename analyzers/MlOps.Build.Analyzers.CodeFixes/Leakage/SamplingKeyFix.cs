using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Leakage;

namespace MlOps.Build.Analyzers.CodeFixes.Leakage;

/// <summary>Leaves the sampling key out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SamplingKeyFix))]
[Shared]
public sealed class SamplingKeyFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SamplingKeyAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAll;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is { } node
            && await MendAsync(context.Document, node, context.CancellationToken).ConfigureAwait(false) is { } mended)
        {
            context.RegisterCodeFix(
                CodeAction.Create($"Leave {SamplingKeyAnalyzer.Parameter} out", _ => Task.FromResult(mended), equivalenceKey: SamplingKeyAnalyzer.Id),
                context.Diagnostics);
        }
    }

    /// <summary>What stands behind it by position must not move to another parameter: it gets its name.</summary>
    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || node.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent: ArgumentListSyntax list } argument
            || list.Parent is not InvocationExpressionSyntax call
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var place = list.Arguments.IndexOf(argument);
        var kept = list.Arguments;
        for (var behind = place + 1; behind < kept.Count && argument.NameColon is null; behind++)
        {
            if (kept[behind].NameColon is null && behind < method.Parameters.Length)
            {
                var name = SyntaxFactory.NameColon(method.Parameters[behind].Name).WithTrailingTrivia(SyntaxFactory.Space);
                kept = kept.Replace(kept[behind], kept[behind].WithoutLeadingTrivia().WithNameColon(name).WithLeadingTrivia(kept[behind].GetLeadingTrivia()));
            }
        }

        var mended = document.WithSyntaxRoot(root.ReplaceNode(list, list.WithArguments(kept.RemoveAt(place))));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
