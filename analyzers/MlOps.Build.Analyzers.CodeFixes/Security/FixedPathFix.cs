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
using MlOps.Build.Analyzers.Security;

namespace MlOps.Build.Analyzers.CodeFixes.Security;

/// <summary>Starts the path at the folder of the program.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedPathFix))]
[Shared]
public sealed class FixedPathFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [FixedPathAnalyzer.Id];

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
                    "Start at the folder of the program", _ => Task.FromResult(mended), equivalenceKey: FixedPathAnalyzer.Id),
                context.Diagnostics);
        }
    }

    /// <summary>Only what is written at the call: a constant may be used elsewhere too.</summary>
    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (node is not LiteralExpressionSyntax literal
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        var parts = FixedPath.Own(literal.Token.ValueText);
        if (parts.Count == 0)
        {
            return null;
        }

        var names = string.Join(", ", parts.Select(static part => SymbolDisplay.FormatLiteral(part, quote: true)));
        var combined = SyntaxFactory.ParseExpression($"Path.Combine(AppContext.BaseDirectory, {names})");
        var changed = root.ReplaceNode(literal, combined.WithTriviaFrom(literal));
        foreach (var name in new[] { "System.AppContext", "System.IO.Path" })
        {
            if (model.Compilation.GetTypeByMetadataName(name) is { } type && !Usings.Reach(model, literal.SpanStart, type))
            {
                changed = Usings.Add(changed, type.ContainingNamespace);
            }
        }

        var mended = document.WithSyntaxRoot(changed);
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}
