using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.CodeFixes.Reproducibility;

/// <summary>Adds <c>seed: 1</c> to an MLContext that has none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnseededMLContextFix))]
[Shared]
public sealed class UnseededMLContextFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UnseededMLContextAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not BaseObjectCreationExpressionSyntax creation)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                "Give MLContext the seed 1",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(creation, Seeded(creation)))),
                equivalenceKey: UnseededMLContextAnalyzer.Id),
            context.Diagnostics);
    }

    private static BaseObjectCreationExpressionSyntax Seeded(BaseObjectCreationExpressionSyntax creation)
    {
        var one = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(1));
        var name = SyntaxFactory.NameColon("seed").WithTrailingTrivia(SyntaxFactory.Space);
        var seed = SyntaxFactory.Argument(name, refKindKeyword: default, one);

        // The constructor has one parameter: an argument that is there is a null.
        if (creation.ArgumentList is { Arguments: { Count: > 0 } arguments } list)
        {
            var replaced = arguments.Replace(arguments[0], seed.WithTriviaFrom(arguments[0]));
            return creation.WithArgumentList(list.WithArguments(replaced));
        }

        if (creation.ArgumentList is { } empty)
        {
            return creation.WithArgumentList(empty.AddArguments(seed));
        }

        // `new MLContext { ... }`: the list goes between the type and its trailing space.
        var type = ((ObjectCreationExpressionSyntax)creation).Type;
        return ((ObjectCreationExpressionSyntax)creation)
            .WithType(type.WithoutTrailingTrivia())
            .WithArgumentList(SyntaxFactory.ArgumentList([seed]).WithTrailingTrivia(type.GetTrailingTrivia()));
    }
}
