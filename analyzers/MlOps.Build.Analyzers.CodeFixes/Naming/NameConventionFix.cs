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
using MlOps.Build.Analyzers.Naming;

namespace MlOps.Build.Analyzers.CodeFixes.Naming;

/// <summary>Writes the name in the words of the convention.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameConventionFix))]
[Shared]
public sealed class NameConventionFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [NameConventionAnalyzer.Id];

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
                CodeAction.Create("Write the name by the convention", _ => Task.FromResult(mended), equivalenceKey: NameConventionAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        // A constant may have other uses, where the name is right.
        if (node is not LiteralExpressionSyntax { Token.Value: string name } literal
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || MlNetSymbols.Of(model.Compilation) is not { } symbols
            || model.GetOperation(literal, cancellation)?.Parent is not IArgumentOperation argument)
        {
            return null;
        }

        var names = new NameConventions(symbols, new RulePolicy(document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider));
        if (names.Broken(argument) is not var (kind, pattern) || names.Proposal(name, kind, pattern) is not { } proposal)
        {
            return null;
        }

        var mended = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(proposal));
        return document.WithSyntaxRoot(root.ReplaceNode(literal, mended.WithTriviaFrom(literal)));
    }
}
