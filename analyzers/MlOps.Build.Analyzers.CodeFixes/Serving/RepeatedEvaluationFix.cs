using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Serving;

namespace MlOps.Build.Analyzers.CodeFixes.Serving;

/// <summary>Keeps the rows: <c>model.Transform(test)</c> becomes <c>ml.Data.Cache(model.Transform(test))</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RepeatedEvaluationFix))]
[Shared]
public sealed class RepeatedEvaluationFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RepeatedEvaluationAnalyzer.Id];

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
                CodeAction.Create("Keep the rows", _ => Task.FromResult(mended), equivalenceKey: RepeatedEvaluationAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax transform
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.Compilation.GetTypeByMetadataName("Microsoft.ML.MLContext") is not { } type
            || ContextInScope.At(transform.SpanStart, model, type) is not { } context)
        {
            return null;
        }

        var cache = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, context, SyntaxFactory.IdentifierName("Data")),
            SyntaxFactory.IdentifierName("Cache"));
        var kept = SyntaxFactory.InvocationExpression(
            cache, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(transform.WithoutTrivia()))));
        var mended = document.WithSyntaxRoot(root.ReplaceNode(transform, kept.WithTriviaFrom(transform)));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
