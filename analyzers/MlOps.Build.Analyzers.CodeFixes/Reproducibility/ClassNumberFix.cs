using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Build.Analyzers.Reproducibility;

namespace MlOps.Build.Analyzers.CodeFixes.Reproducibility;

/// <summary>Numbers the classes by their value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClassNumberFix))]
[Shared]
public sealed class ClassNumberFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ClassNumberAnalyzer.Id];

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
                CodeAction.Create("Number the classes by value", _ => Task.FromResult(mended), equivalenceKey: ClassNumberAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax call
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.Compilation.GetTypeByMetadataName("Microsoft.ML.Transforms.ValueToKeyMappingEstimator") is not { } estimator)
        {
            return null;
        }

        var value = SyntaxFactory.ParseExpression("ValueToKeyMappingEstimator.KeyOrdinality.ByValue");
        var name = SyntaxFactory.NameColon("keyOrdinality").WithTrailingTrivia(SyntaxFactory.Space);
        var argument = SyntaxFactory.Argument(name, refKindKeyword: default, value);
        var changed = root.ReplaceNode(call, call.WithArgumentList(Extended(call.ArgumentList, argument)));
        if (!Usings.Reach(model, call.SpanStart, estimator))
        {
            changed = Usings.Add(changed, estimator.ContainingNamespace);
        }

        var mended = document.WithSyntaxRoot(changed);
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    /// <summary>Behind the last argument, on its line.</summary>
    private static ArgumentListSyntax Extended(ArgumentListSyntax list, ArgumentSyntax argument)
    {
        if (list.Arguments.Count == 0)
        {
            return list.AddArguments(argument);
        }

        var last = list.Arguments[list.Arguments.Count - 1];
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var nodes = list.Arguments.Replace(last, last.WithoutTrailingTrivia()).GetWithSeparators()
            .Add(comma)
            .Add(argument.WithTrailingTrivia(last.GetTrailingTrivia()));
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(nodes));
    }
}
