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
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Saves the model with the schema of the data that it was fitted to.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SavedWithoutSchemaFix))]
[Shared]
public sealed class SavedWithoutSchemaFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SavedWithoutSchemaAnalyzer.Id];

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
                    "Save with the schema of the training data", _ => Task.FromResult(mended),
                    equivalenceKey: SavedWithoutSchemaAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || MlNetSymbols.Of(model.Compilation) is not { } symbols
            || model.GetOperation(node, cancellation) is not IInvocationOperation save
            || LocalFlow.Argument(save, "inputSchema")?.Syntax is not ArgumentSyntax argument
            || FittedData.Of(save, new PipelineSteps(symbols))?.Syntax is not ExpressionSyntax data)
        {
            return null;
        }

        var schema = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, data.WithoutTrivia(), SyntaxFactory.IdentifierName("Schema"));
        var mended = document.WithSyntaxRoot(root.ReplaceNode(argument.Expression, schema.WithTriviaFrom(argument.Expression)));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
