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

/// <summary>Gives <c>new Random()</c> the seed 1. Other orders are left to their author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncontrolledOrderFix))]
[Shared]
public sealed class UncontrolledOrderFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UncontrolledOrderAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true)
            is BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } list, Initializer: null } creation)
        {
            var one = SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(1)));
            var seeded = context.Document.WithSyntaxRoot(root.ReplaceNode(creation, creation.WithArgumentList(list.AddArguments(one))));
            context.RegisterCodeFix(
                CodeAction.Create("Give Random the seed 1", _ => Task.FromResult(seeded), equivalenceKey: UncontrolledOrderAnalyzer.Id),
                context.Diagnostics);
        }
    }
}
