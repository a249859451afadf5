using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using MlOps.Build.Analyzers.Serving;

namespace MlOps.Build.Analyzers.CodeFixes.Serving;

/// <summary>Gives each thread an engine of its own: <c>engine</c> becomes a <c>ThreadLocal</c> that makes engines from the one model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PerThreadEngineFix))]
[Shared]
public sealed class PerThreadEngineFix : CodeFixProvider
{
    private static readonly DocumentFixAll FixAll = new(MendAsync);

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SharedEngineAnalyzer.Id];

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
                CodeAction.Create("Make one engine for each thread", _ => Task.FromResult(mended), equivalenceKey: SharedEngineAnalyzer.Id),
                context.Diagnostics);
        }
    }

    private static async Task<Document?> MendAsync(Document document, SyntaxNode node, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.Compilation.GetTypeByMetadataName("System.Threading.ThreadLocal`1") is not { } perThread
            || Holder(node, model, cancellation) is not { } holder
            || !await IsOnlyUsedIn(document, holder, cancellation).ConfigureAwait(false)
            || EngineRewrite.Of(holder, root, model, cancellation) is not { } rewrite)
        {
            return null;
        }

        var mendedRoot = rewrite.Apply(root);
        if (!Usings.Reach(model, node.SpanStart, perThread))
        {
            mendedRoot = Usings.Add(mendedRoot, perThread.ContainingNamespace);
        }

        var mended = document.WithSyntaxRoot(mendedRoot);
        return await Compiles.AsBefore(document, mended, cancellation).ConfigureAwait(false) ? mended : null;
    }

    /// <summary>The variable, field or property that the finding is about.</summary>
    private static ISymbol? Holder(SyntaxNode node, SemanticModel model, CancellationToken cancellation) => node switch
    {
        TypeSyntax { Parent: VariableDeclarationSyntax { Variables: { Count: 1 } variables } } => model.GetDeclaredSymbol(variables[0], cancellation),
        TypeSyntax { Parent: PropertyDeclarationSyntax property } => model.GetDeclaredSymbol(property, cancellation),
        ExpressionSyntax expression => model.GetSymbolInfo(expression, cancellation).Symbol is var symbol and (ILocalSymbol or IFieldSymbol or IPropertySymbol)
            ? symbol
            : null,
        _ => null,
    };

    /// <summary>A change of type must reach every use; what other files or other assemblies use keeps its type.</summary>
    private static async Task<bool> IsOnlyUsedIn(Document document, ISymbol holder, CancellationToken cancellation)
    {
        if (holder is ILocalSymbol)
        {
            return true;
        }

        if (holder.DeclaringSyntaxReferences is not { Length: 1 } declarations
            || await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false) != declarations[0].SyntaxTree
            || (Visibility.IsPublic(holder) && document.Project.CompilationOptions?.OutputKind is OutputKind.DynamicallyLinkedLibrary))
        {
            return false;
        }

        var found = await SymbolFinder.FindReferencesAsync(holder, document.Project.Solution, cancellation).ConfigureAwait(false);
        return found.All(one => one.Locations.All(place => place.Document.Id == document.Id));
    }
}
