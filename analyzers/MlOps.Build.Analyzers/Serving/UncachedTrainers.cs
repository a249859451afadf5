using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Serving;

/// <summary>Trainers that pass over their data more than once, where no checkpoint of the pipeline stands before them.</summary>
/// <remarks>The list is measured: with default options all others read once and keep what they need.</remarks>
internal sealed class UncachedTrainers(MlNetSymbols symbols)
{
    private readonly MethodSet trainers = symbols
        .Methods(
            "Microsoft.ML.StandardTrainersCatalog",
            "AveragedPerceptron", "OneVersusAll", "PairwiseCoupling", "Sdca", "SdcaLogisticRegression", "SdcaMaximumEntropy",
            "SdcaNonCalibrated", "SgdCalibrated", "SgdNonCalibrated")
        .Add(symbols.Type("Microsoft.ML.FactorizationMachineExtensions"), "FieldAwareFactorizationMachine")
        .Add(symbols.Type("Microsoft.ML.KMeansClusteringExtensions"), "KMeans");

    private readonly MethodSet checkpoints = symbols
        .Methods("Microsoft.ML.LearningPipelineExtensions", "AppendCacheCheckpoint")
        .Add(symbols.Type("Microsoft.ML.Data.EstimatorChain`1"), "AppendCacheCheckpoint");

    private readonly MethodSet appends = symbols
        .Methods("Microsoft.ML.LearningPipelineExtensions", "Append")
        .Add(symbols.Type("Microsoft.ML.Data.EstimatorChain`1"), "Append");

    public IInvocationOperation? In(IOperation pipeline) => Read(pipeline).Trainer;

    /// <summary>The first such trainer, and whether what comes out at the end of the pipeline is kept.</summary>
    private (IInvocationOperation? Trainer, bool IsKept) Read(IOperation pipeline)
    {
        if (LocalFlow.Origin(pipeline) is not IInvocationOperation call)
        {
            return default;
        }

        if (checkpoints.Contains(call.TargetMethod))
        {
            return (Start(call) is { } before ? Read(before).Trainer : null, true);
        }

        if (!appends.Contains(call.TargetMethod))
        {
            return (trainers.Contains(call.TargetMethod) && !PassesOnce(call) ? call : null, false);
        }

        if (Start(call) is not { } start || LocalFlow.Argument(call, "estimator") is not { } step)
        {
            return default;
        }

        var first = Read(start);

        // What is appended to an IEstimator makes a new chain, and the checkpoint at the end of the old one is lost.
        var isKept = first.IsKept && call.Instance is not null;
        return (first.Trainer ?? (isKept ? null : Read(step.Value).Trainer), isKept);
    }

    private static IOperation? Start(IInvocationOperation call) => call.Instance ?? LocalFlow.Argument(call, "start")?.Value;

    private static bool PassesOnce(IInvocationOperation trainer) =>
        (LocalFlow.Argument(trainer, "numberOfIterations") ?? LocalFlow.Argument(trainer, "maximumNumberOfIterations"))
            ?.Value is { } count
        && LocalFlow.Origin(count).ConstantValue is { HasValue: true, Value: 1 };
}
