using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Leakage;

namespace MlOps.Build.Analyzers.CodeFixes.Leakage;

/// <summary>Names the group as the sampling key of the split.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GroupedRowsFix))]
[Shared]
public sealed class GroupedRowsFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [GroupedRowsAnalyzer.Id];

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
                CodeAction.Create("Keep the rows of a group on one side", _ => Task.FromResult(mended), equivalenceKey: GroupedRowsAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || MlNetSymbols.Of(model.Compilation) is not { } symbols
            || node is not InvocationExpressionSyntax { ArgumentList: var list }
            || model.GetOperation(node, cancellation) is not IInvocationOperation split
            || LocalFlow.Argument(split, "data") is not { } data
            || new RowClasses(symbols) is var rows && rows.Of(data.Value) is not { } row
            || GroupedRowsAnalyzer.GroupOf(row, symbols.Type(GroupedRowsAnalyzer.Group), rows) is not var (column, _, _))
        {
            return null;
        }

        // A name that is that of the member survives its renaming.
        var named = rows.Column(row, column) is { } member && member.Name == column
            ? SyntaxFactory.ParseExpression($"nameof({row.ToMinimalDisplayString(model, node.SpanStart)}.{column})")
            : SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(column));
        var argument = SyntaxFactory.Argument(named).WithNameColon(
            SyntaxFactory.NameColon(SamplingKeyAnalyzer.Parameter).WithTrailingTrivia(SyntaxFactory.Space));
        var longer = list.WithArguments(list.Arguments.Add(argument.WithLeadingTrivia(SyntaxFactory.Space)));
        var mended = document.WithSyntaxRoot(root.ReplaceNode(list, longer));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
