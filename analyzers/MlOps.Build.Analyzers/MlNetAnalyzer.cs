using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers;

/// <summary>The base of every rule: concurrent, silent in generated code, and free where ML.NET is not referenced.</summary>
public abstract class MlNetAnalyzer : DiagnosticAnalyzer
{
    private protected MlNetAnalyzer(params ImmutableArray<DiagnosticDescriptor> rules) => SupportedDiagnostics = rules;

    /// <inheritdoc />
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc />
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (MlNetSymbols.Of(start.Compilation) is { } symbols)
            {
                Register(start, new RuleScope(symbols, new RulePolicy(start.Options.AnalyzerConfigOptionsProvider)));
            }
        });
    }

    /// <summary>Registers the callbacks of the rule for one compilation that references ML.NET.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext start, RuleScope scope);
}
