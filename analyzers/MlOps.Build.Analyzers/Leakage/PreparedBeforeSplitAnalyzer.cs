using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>MLOPS3002: preparation that learns from rows was fitted to all of them, and then they were split.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PreparedBeforeSplitAnalyzer : MlNetAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "MLOPS3002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Preparation fitted before the split",
        "'{0}' has learned from all rows before '{1}' sets some aside, so the rows that judge the model had a part in making it. "
            + "Split first, and append the trainer to the preparation, so that both are fitted to the training rows.",
        Category.Leakage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePages.RulePageBaseUrl + Id);

    /// <summary>Makes the rule.</summary>
    public PreparedBeforeSplitAnalyzer()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, RuleScope scope)
    {
        var splits = new MethodSet()
            .Add(scope.Symbols.Data, "TrainTestSplit", "CrossValidationSplit")
            .Add(scope.Symbols.Type("Microsoft.ML.BinaryClassificationCatalog"), "CrossValidate", "CrossValidateNonCalibrated")
            .Add(scope.Symbols.Type("Microsoft.ML.MulticlassClassificationCatalog"), "CrossValidate")
            .Add(scope.Symbols.Type("Microsoft.ML.RegressionCatalog"), "CrossValidate");
        var pipelines = scope.Symbols.Part(static symbols => new PipelineSteps(symbols));
        var origins = scope.Symbols.Part(static symbols => new DataOrigins(symbols));
        var learning = scope.Symbols.Part(static symbols => new LearningSteps(symbols));
        start.RegisterOperationAction(
            context =>
            {
                var split = (IInvocationOperation)context.Operation;
                if (splits.Contains(split.TargetMethod)
                    && LocalFlow.Argument(split, "data") is { } data
                    && Learned(data.Value, pipelines, origins, learning) is { } step
                    && scope.Finding(Rule, split.Syntax, step, split.TargetMethod.Name) is { } finding)
                {
                    context.ReportDiagnostic(finding);
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The first step that learned from the very rows that it then changed; null when that is not sure.</summary>
    private static string? Learned(IOperation data, PipelineSteps pipelines, DataOrigins origins, LearningSteps learning)
    {
        var current = origins.BehindViews(data);
        string? learned = null;
        while (pipelines.TransformOf(current) is { Instance: { } model, Arguments: { Length: > 0 } arguments })
        {
            if (pipelines.FitOf(model) is { Instance: { } pipeline, Arguments: { Length: > 0 } fitted }
                && origins.Of(fitted[0].Value) is { IsKnown: true } rows && rows.Equals(origins.Of(arguments[0].Value))
                && FirstOf(pipelines, pipeline, learning) is { } step)
            {
                learned = step;
            }

            current = origins.BehindViews(arguments[0].Value);
        }

        return learned;
    }

    private static string? FirstOf(PipelineSteps pipelines, IOperation pipeline, LearningSteps learning)
    {
        string? first = null;
        foreach (var step in pipelines.Of(pipeline) ?? [])
        {
            first = learning.Learns(step) ? step.TargetMethod.Name : first;
        }

        return first;
    }
}
