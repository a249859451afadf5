using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Adds [LoadColumn] with the next free index to each member that has none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingLoadColumnFix))]
[Shared]
public sealed class MissingLoadColumnFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MissingLoadColumnAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellation = context.CancellationToken;
        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || model?.GetOperation(call, cancellation) is not IInvocationOperation operation
            || MlNetSymbols.Of(model.Compilation) is not { } symbols
            || new TextRows(symbols) is not { LoadColumn: { } attribute } rows
            || rows.RowOf(operation) is not { } row
            || FreePlaces.For(row, rows, cancellation) is not { } places)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                $"Add [LoadColumn] to '{row.Name}'",
                token => Mended(context.Document.Project.Solution, places, attribute, token),
                equivalenceKey: MissingLoadColumnAnalyzer.Id),
            context.Diagnostics);
    }

    private static async Task<Solution> Mended(
        Solution solution, ImmutableArray<(SyntaxNode Member, int Index)> places, INamedTypeSymbol attribute, CancellationToken cancellation)
    {
        foreach (var file in places.GroupBy(place => place.Member.SyntaxTree))
        {
            if (solution.GetDocument(file.Key) is not { } document
                || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
                || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
            {
                continue;
            }

            var indexes = file.ToDictionary(place => place.Member, place => place.Index);
            var reached = Usings.Reach(model, file.First().Member.SpanStart, attribute);
            root = root.ReplaceNodes(indexes.Keys, (old, _) => LoadColumnSyntax.AddTo(old, indexes[old]));
            solution = solution.WithDocumentSyntaxRoot(
                document.Id, reached ? root : Usings.Add(root, attribute.ContainingNamespace));
        }

        return solution;
    }
}
