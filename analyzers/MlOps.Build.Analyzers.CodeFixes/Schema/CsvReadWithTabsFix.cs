using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.CodeFixes.Schema;

/// <summary>Says how a .csv is written: its separator, and if wanted its header and its quotes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CsvReadWithTabsFix))]
[Shared]
public sealed class CsvReadWithTabsFix : CodeFixProvider
{
    private static readonly ArgumentSyntax Comma = Named(
        "separatorChar", SyntaxFactory.LiteralExpression(SyntaxKind.CharacterLiteralExpression, SyntaxFactory.Literal(',')));

    private static readonly ArgumentSyntax Header = Named(
        "hasHeader", SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));

    private static readonly ArgumentSyntax Quoting = Named(
        "allowQuoting", SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression));

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CsvReadWithTabsAnalyzer.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call
            || model?.GetOperation(call, context.CancellationToken) is not IInvocationOperation operation)
        {
            return;
        }

        // With an options object the separator belongs into that, where this fix does not write.
        if (IsLeftOut(operation, "separatorChar"))
        {
            Offer("Split at commas", "comma", Comma);
            Offer("Split at commas, skip the header, respect quotes", "comma-header-quotes", Comma, Header, Quoting);
        }
        else if (IsLeftOut(operation, "allowQuoting"))
        {
            Offer("Respect quotes", "quotes", Quoting);
        }

        void Offer(string title, string variant, params ArgumentSyntax[] arguments)
        {
            var list = call.ArgumentList;
            foreach (var argument in arguments)
            {
                if (IsLeftOut(operation, argument.NameColon!.Name.Identifier.ValueText))
                {
                    list = list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(
                        list.Arguments.GetWithSeparators()
                            .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space))
                            .Add(argument)));
                }
            }

            var mended = context.Document.WithSyntaxRoot(root.ReplaceNode(call, call.WithArgumentList(list)));
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(mended), $"{CsvReadWithTabsAnalyzer.Id}-{variant}"),
                context.Diagnostics);
        }
    }

    private static bool IsLeftOut(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter)
            {
                return argument.ArgumentKind == ArgumentKind.DefaultValue;
            }
        }

        return false;
    }

    private static ArgumentSyntax Named(string name, ExpressionSyntax value) => SyntaxFactory.Argument(
        SyntaxFactory.NameColon(name).WithTrailingTrivia(SyntaxFactory.Space), refKindKeyword: default, value);
}
