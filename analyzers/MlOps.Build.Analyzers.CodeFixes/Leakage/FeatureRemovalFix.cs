using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.ResponsibleAI;

namespace MlOps.Build.Analyzers.CodeFixes.Leakage;

/// <summary>Takes a column out of the features, where others are left.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FeatureRemovalFix))]
[Shared]
public sealed class FeatureRemovalFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LabelInFeaturesAnalyzer.Id, SensitiveFeatureAnalyzer.Id];

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
                CodeAction.Create("Remove it from the features", _ => Task.FromResult(mended), equivalenceKey: context.Diagnostics[0].Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || Without(node) is not ({ } list, { } shorter))
        {
            return null;
        }

        var mended = document.WithSyntaxRoot(root.ReplaceNode(list, shorter));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    /// <summary>The list that the word stands in, and the list without it.</summary>
    private static (SyntaxNode? List, SyntaxNode? Shorter) Without(SyntaxNode word) => word.Parent switch
    {
        // The name of the output and one input must stay.
        ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax { Arguments.Count: > 2 } arguments } argument =>
            (arguments, arguments.WithArguments(Without(arguments.Arguments, argument))),
        InitializerExpressionSyntax { Expressions.Count: > 1 } initializer =>
            (initializer, initializer.WithExpressions(Without(initializer.Expressions, (ExpressionSyntax)word))),
        ExpressionElementSyntax { Parent: CollectionExpressionSyntax { Elements.Count: > 1 } collection } element =>
            (collection, collection.WithElements(Without(collection.Elements, element))),
        _ => (null, null),
    };

    /// <summary>What stands behind the last one, such as the space before a brace, stays behind the last one.</summary>
    private static SeparatedSyntaxList<T> Without<T>(SeparatedSyntaxList<T> list, T gone)
        where T : SyntaxNode
    {
        var wasLast = list.IndexOf(gone) == list.Count - 1;
        var left = list.Remove(gone);
        return wasLast ? left.Replace(left.Last(), left.Last().WithTrailingTrivia(gone.GetTrailingTrivia())) : left;
    }
}
