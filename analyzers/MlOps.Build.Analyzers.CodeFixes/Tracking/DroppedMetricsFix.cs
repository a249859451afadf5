using System;
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
using MlOps.Build.Analyzers.Tracking;

namespace MlOps.Build.Analyzers.CodeFixes.Tracking;

/// <summary>Keeps the metrics in a local and logs the leading one, where something to log with is in scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedMetricsFix))]
[Shared]
public sealed class DroppedMetricsFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DroppedMetricsAnalyzer.Id];

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
                CodeAction.Create("Keep the metrics and log one", _ => Task.FromResult(mended), equivalenceKey: DroppedMetricsAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not InvocationExpressionSyntax call
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || Statement(call) is not { } statement
            || LeadingMetric.Of(model.GetTypeInfo(call, cancellation).Type) is not { } metric
            || MetricsLog.At(statement.Span.End, model) is not { } log)
        {
            return null;
        }

        var (kept, name) = Kept(call, statement);
        var line = SyntaxFactory.ParseStatement($"{log}(\"{metric.Name}\", {name}.{metric.Member});")
            .WithLeadingTrivia(Indentation(statement))
            .WithTrailingTrivia(EndOfLine(statement));
        var mended = document.WithSyntaxRoot(statement.Parent is GlobalStatementSyntax global
            ? root.ReplaceNode(global, [global.WithStatement(kept), SyntaxFactory.GlobalStatement(line)])
            : root.ReplaceNode(statement, [kept, line]));
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    /// <summary>The statement that is only this call, or only fills one local with it, where another can stand behind it.</summary>
    private static StatementSyntax? Statement(InvocationExpressionSyntax call)
    {
        StatementSyntax? statement = call.Parent switch
        {
            ExpressionStatementSyntax dropped => dropped,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax, Parent: ExpressionStatementSyntax assigned } => assigned,
            EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declared },
                },
            } => declared,
            _ => null,
        };
        return statement?.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax ? statement : null;
    }

    private static (StatementSyntax Kept, string Name) Kept(InvocationExpressionSyntax call, StatementSyntax statement)
    {
        switch (call.Parent)
        {
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax local }:
                return (statement, local.Identifier.Text);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }:
                return (statement, declarator.Identifier.Text);
            default:
                var name = Free(statement);
                var start = SyntaxFactory.ParseStatement($"var {name} = x;").WithoutTrivia();
                var declared = start.ReplaceNode(
                    start.DescendantNodes().OfType<IdentifierNameSyntax>().Single(static one => one.Identifier.Text == "x"),
                    call.WithoutLeadingTrivia());
                return (declared.WithTriviaFrom(statement), name);
        }
    }

    private static string Free(SyntaxNode statement)
    {
        var taken = statement.SyntaxTree.GetRoot().DescendantTokens()
            .Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(static token => token.ValueText)
            .ToImmutableHashSet(StringComparer.Ordinal);
        var name = "metrics";
        for (var next = 2; taken.Contains(name); next++)
        {
            name = $"metrics{next}";
        }

        return name;
    }

    private static SyntaxTriviaList Indentation(SyntaxNode statement)
    {
        var before = statement.GetLeadingTrivia();
        return before.Count > 0 && before.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? [before.Last()] : [];
    }

    private static SyntaxTriviaList EndOfLine(SyntaxNode statement)
    {
        var end = statement.GetTrailingTrivia().FirstOrDefault(static part => part.IsKind(SyntaxKind.EndOfLineTrivia));
        return [end.IsKind(SyntaxKind.EndOfLineTrivia) ? end : SyntaxFactory.EndOfLine("\n")];
    }
}
