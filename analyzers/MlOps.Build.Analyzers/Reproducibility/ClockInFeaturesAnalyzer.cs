using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>MLOPS1003: a feature that depends on when it is computed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClockInFeaturesAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS1003";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Clock is read inside features",
        "'{0}' reads the clock ('{1}'), so the same row has other values at the next training and in production. "
            + "Pass the time as a column of the row.",
        Category.Reproducibility,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public ClockInFeaturesAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var clocks = new Clocks(scope.Symbols);
        var features = new FeatureCode(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                if (clocks.Read(context.Operation) is { } clock
                    && features.Around(context.Operation, context.ContainingSymbol) is { } feature
                    && scope.Finding(Rule, context.Operation.Syntax, feature, $"{clock.ContainingType.Name}.{clock.Name}") is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.PropertyReference,
            OperationKind.Invocation);
    }
}
