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
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Calls the variant that needs no probability, where the code around it compiles with its smaller result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncalibratedEvaluationFix))]
[Shared]
public sealed class UncalibratedEvaluationFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [UncalibratedEvaluationAnalyzer.Id];

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
                    "Evaluate without probabilities", _ => Task.FromResult(mended), equivalenceKey: UncalibratedEvaluationAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var name = SyntaxFactory.IdentifierName(access.Name.Identifier.ValueText + "NonCalibrated").WithTriviaFrom(access.Name);
        var mended = document.WithSyntaxRoot(root.ReplaceNode(
            call, call.WithExpression(access.WithName(name)).WithArgumentList(WithoutProbability(call.ArgumentList))));

        // Metrics such as LogLoss do not exist without probabilities: code that reads them is left to its author.
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    /// <summary>The fourth argument, or the one that is named so; those behind it move up.</summary>
    private static ArgumentListSyntax WithoutProbability(ArgumentListSyntax list)
    {
        var arguments = list.Arguments;
        var named = arguments.IndexOf(static one => one.NameColon?.Name.Identifier.ValueText == "probabilityColumnName");
        var probability = named >= 0 ? named
            : arguments.Count > 3 && arguments.Take(4).All(static one => one.NameColon is null)
                && arguments[3].Expression is LiteralExpressionSyntax { Token.ValueText: "Probability" } ? 3
            : -1;
        return probability < 0 ? list : list.WithArguments(arguments.RemoveAt(probability));
    }
}
