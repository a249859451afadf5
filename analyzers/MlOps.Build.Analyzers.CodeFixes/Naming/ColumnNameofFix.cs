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
using MlOps.Build.Analyzers.Naming;

namespace MlOps.Build.Analyzers.CodeFixes.Naming;

/// <summary>Names the column by its member.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ColumnNameofFix))]
[Shared]
public sealed class ColumnNameofFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ColumnNameofAnalyzer.Id];

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
                CodeAction.Create("Use nameof", _ => Task.FromResult(mended), equivalenceKey: ColumnNameofAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || MlNetSymbols.Of(model.Compilation) is not { } symbols
            || node is not LiteralExpressionSyntax { Token.Value: string column } literal
            || model.GetOperation(literal, cancellation) is not { } operation
            || new RowClasses(symbols).ReadIn(LocalFlow.Body(operation)) is not { Count: > 0 } read)
        {
            return null;
        }

        var named = SyntaxFactory.ParseExpression($"nameof({read[0].ToMinimalDisplayString(model, node.SpanStart)}.{column})");
        var mended = document.WithSyntaxRoot(root.ReplaceNode(literal, named.WithTriviaFrom(literal)));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
