using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>MLOPS2010: Evaluate wants a probability, which some trainers do not give.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncalibratedEvaluationAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS2010";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Evaluate needs a calibrated trainer",
        "'{0}' throws, because models of '{1}' give a score and no probability. "
            + "Call '{0}NonCalibrated', or append a calibrator such as Calibrators.Platt().",
        Category.Schema,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public UncalibratedEvaluationAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var judges = scope.Symbols.Methods("Microsoft.ML.BinaryClassificationCatalog", "Evaluate", "CrossValidate");
        var trainers = new UncalibratedTrainers(scope.Symbols);
        start.RegisterOperationAction(
            context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (judges.Contains(call.TargetMethod)
                    && Trainer(call, trainers) is { } trainer
                    && scope.Finding(Rule, call.Syntax, call.TargetMethod.Name, trainer) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    private static string? Trainer(IInvocationOperation call, UncalibratedTrainers trainers)
    {
        if (LocalFlow.Argument(call, "estimator") is { } pipeline)
        {
            return trainers.Behind(pipeline.Value);
        }

        return LocalFlow.Argument(call, "probabilityColumnName")?.Value.ConstantValue is { HasValue: true, Value: "Probability" }
            && LocalFlow.Argument(call, "data") is { } data
            ? trainers.BehindData(data.Value)
            : null;
    }
}
