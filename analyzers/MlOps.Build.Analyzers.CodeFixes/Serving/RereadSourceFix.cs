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
using MlOps.Build.Analyzers.Serving;

namespace MlOps.Build.Analyzers.CodeFixes.Serving;

/// <summary>Puts a checkpoint before the trainer: <c>p.Append(trainer)</c> becomes <c>p.AppendCacheCheckpoint(ml).Append(trainer)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RereadSourceFix))]
[Shared]
public sealed class RereadSourceFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RereadSourceAnalyzer.Id];

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
                    "Keep the prepared rows before the trainer", _ => Task.FromResult(mended), equivalenceKey: RereadSourceAnalyzer.Id),
                context.Diagnostics);
        }
    }

    /// <summary>Only where the trainer is written inside of Append: elsewhere it is not sure what stands before it.</summary>
    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax
            {
                Parent: ArgumentSyntax
                {
                    Parent: ArgumentListSyntax
                    {
                        Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Append" } append },
                    },
                },
            } trainer
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.Compilation.GetTypeByMetadataName("Microsoft.ML.MLContext") is not { } type
            || ContextInScope.Of(trainer, model, type) is not { } context)
        {
            return null;
        }

        var before = append.Expression;
        var checkpoint = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression, before, append.OperatorToken.WithTrailingTrivia(),
                    SyntaxFactory.IdentifierName("AppendCacheCheckpoint")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(context))))
            .WithTrailingTrivia(before.GetTrailingTrivia().Where(static part => part.IsKind(SyntaxKind.EndOfLineTrivia)));
        var mended = document.WithSyntaxRoot(root.ReplaceNode(append, append.WithExpression(checkpoint)));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
