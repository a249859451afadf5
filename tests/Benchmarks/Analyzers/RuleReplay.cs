using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

// The driver that the contexts' constructors are withdrawn for is just what is to be left out.
#pragma warning disable CS0618

namespace MlOps.Build.Benchmarks.Analyzers;

/// <summary>
/// Runs the callbacks of one rule over code that is bound already, in the order of the compiler's driver and without its own work:
/// what is left is what the rule itself costs.
/// </summary>
internal sealed class RuleReplay
{
    private static readonly AnalyzerOptions Options = new([]);
    private readonly Compilation compilation;
    private readonly DiagnosticAnalyzer rule;
    private Registrations registered;
    private readonly Action<Diagnostic> report;
    private int reports;

    public RuleReplay(DiagnosticAnalyzer rule, Compilation compilation)
    {
        this.rule = rule;
        this.compilation = compilation;
        report = _ => reports++;
        registered = new Registrations(compilation);
        rule.Initialize(new Opening(registered));
    }

    /// <summary>Begins anew: some rules collect over a compilation, and would collect the same file again and again.</summary>
    public void Restart()
    {
        registered = new Registrations(compilation);
        rule.Initialize(new Opening(registered));
    }

    /// <summary>Runs the rule on one file; the number of its reports there, without those that the end of a compilation brings.</summary>
    public int Over(BoundFile file)
    {
        reports = 0;
        foreach (var (action, kinds) in registered.Symbols)
        {
            foreach (var symbol in file.Symbols)
            {
                if (kinds.Contains(symbol.Kind))
                {
                    action(new SymbolAnalysisContext(symbol, compilation, Options, report, static _ => true, default));
                }
            }
        }

        foreach (var type in registered.Types.Count > 0 ? file.Types : [])
        {
            var inside = new TypeRegistrations(type, compilation);
            registered.Types.ForEach(start => start(inside));
            foreach (var body in file.Bodies)
            {
                if (SymbolEqualityComparer.Default.Equals(body.Owner.ContainingType, type))
                {
                    Run(inside.Operations, inside.Blocks, body);
                }
            }

            inside.Ends.ForEach(end => end(new SymbolAnalysisContext(type, compilation, Options, report, static _ => true, default)));
        }

        foreach (var body in file.Bodies)
        {
            Run(registered.Operations, registered.Blocks, body);
        }

        return reports;
    }

    private void Run(Dictionary<OperationKind, List<Action<OperationAnalysisContext>>> operations, List<Action<OperationBlockAnalysisContext>> blocks, BoundBody body)
    {
        if (operations.Count > 0)
        {
            foreach (var operation in body.Operations)
            {
                if (operations.TryGetValue(operation.Kind, out var actions))
                {
                    foreach (var action in actions)
                    {
                        action(new OperationAnalysisContext(operation, body.Owner, compilation, Options, report, static _ => true, default));
                    }
                }
            }
        }

        foreach (var block in blocks)
        {
            block(new OperationBlockAnalysisContext([body.Root], body.Owner, compilation, Options, report, static _ => true, default));
        }
    }

    private static void Add(Dictionary<OperationKind, List<Action<OperationAnalysisContext>>> operations, Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> kinds)
    {
        foreach (var kind in kinds)
        {
            (operations.TryGetValue(kind, out var known) ? known : operations[kind] = []).Add(action);
        }
    }

    private static NotSupportedException Unused(string registration) => new($"No rule of ours uses '{registration}': teach the replay to run it.");

    private sealed class Opening(Registrations registered) : AnalysisContext
    {
        public override void EnableConcurrentExecution()
        {
        }

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode)
        {
        }

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => action(registered);

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => throw Unused(nameof(RegisterCompilationAction));

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => throw Unused(nameof(RegisterSemanticModelAction));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => throw Unused(nameof(RegisterSymbolAction));

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw Unused(nameof(RegisterCodeBlockStartAction));

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw Unused(nameof(RegisterCodeBlockAction));

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => throw Unused(nameof(RegisterSyntaxTreeAction));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => throw Unused(nameof(RegisterSyntaxNodeAction));
    }

    private sealed class Registrations(Compilation compilation) : CompilationStartAnalysisContext(compilation, RuleReplay.Options, default)
    {
        public List<(Action<SymbolAnalysisContext> Action, ImmutableArray<SymbolKind> Kinds)> Symbols { get; } = [];

        public List<Action<SymbolStartAnalysisContext>> Types { get; } = [];

        public Dictionary<OperationKind, List<Action<OperationAnalysisContext>>> Operations { get; } = [];

        public List<Action<OperationBlockAnalysisContext>> Blocks { get; } = [];

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => Add(Operations, action, operationKinds);

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => Blocks.Add(action);

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => Symbols.Add((action, symbolKinds));

        public override void RegisterSymbolStartAction(Action<SymbolStartAnalysisContext> action, SymbolKind symbolKind) => Types.Add(action);

        // Once a compilation, not once a file.
        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action)
        {
        }

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => throw Unused(nameof(RegisterSemanticModelAction));

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw Unused(nameof(RegisterCodeBlockStartAction));

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw Unused(nameof(RegisterCodeBlockAction));

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => throw Unused(nameof(RegisterSyntaxTreeAction));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => throw Unused(nameof(RegisterSyntaxNodeAction));
    }

    private sealed class TypeRegistrations(ISymbol type, Compilation compilation) : SymbolStartAnalysisContext(type, compilation, RuleReplay.Options, default)
    {
        public Dictionary<OperationKind, List<Action<OperationAnalysisContext>>> Operations { get; } = [];

        public List<Action<OperationBlockAnalysisContext>> Blocks { get; } = [];

        public List<Action<SymbolAnalysisContext>> Ends { get; } = [];

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => Add(Operations, action, operationKinds);

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => Blocks.Add(action);

        public override void RegisterSymbolEndAction(Action<SymbolAnalysisContext> action) => Ends.Add(action);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw Unused(nameof(RegisterCodeBlockStartAction));

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw Unused(nameof(RegisterCodeBlockAction));

        public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action) => throw Unused(nameof(RegisterOperationBlockStartAction));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => throw Unused(nameof(RegisterSyntaxNodeAction));
    }
}
