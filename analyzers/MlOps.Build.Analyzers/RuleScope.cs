using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers;

/// <summary>What a rule knows about the compilation it looks at.</summary>
internal sealed class RuleScope(MlNetSymbols symbols, RulePolicy policy)
{
    private readonly Exploration exploration = new(symbols);

    public MlNetSymbols Symbols => symbols;

    public RulePolicy Policy => policy;

    /// <summary>A finding at the node, or null where the rules do not apply.</summary>
    public Diagnostic? Finding(DiagnosticDescriptor rule, SyntaxNode node, params object[] words) =>
        Finding(rule, node, rule.DefaultSeverity, words);

    public Diagnostic? Finding(DiagnosticDescriptor rule, SyntaxNode node, DiagnosticSeverity severity, object[] words) =>
        policy.Applies(node.SyntaxTree) && !policy.Excludes(node.SyntaxTree, rule.Id) && !(IsFreeToExplorers(rule) && exploration.Covers(node))
            ? Diagnostic.Create(rule, node.GetLocation(), severity, additionalLocations: null, properties: null, words)
            : null;

    /// <summary>A finding at the name of something declared.</summary>
    public Diagnostic? FindingAt(DiagnosticDescriptor rule, ISymbol declared, params object[] words) =>
        declared.Locations is { IsEmpty: false } places && places[0].SourceTree is { } tree && policy.Applies(tree) && !policy.Excludes(tree, rule.Id)
            && !(IsFreeToExplorers(rule) && exploration.Covers(declared))
            ? Diagnostic.Create(rule, places[0], words)
            : null;

    /// <summary>A finding that holds in exploration too: what leaks there has leaked.</summary>
    public Diagnostic? FindingEverywhere(DiagnosticDescriptor rule, SyntaxNode node, params object[] words) =>
        policy.Excludes(node.SyntaxTree, rule.Id) ? null : Diagnostic.Create(rule, node.GetLocation(), words);

    private static bool IsFreeToExplorers(DiagnosticDescriptor rule) => rule.Category is Category.Reproducibility or Category.Tracking;
}
