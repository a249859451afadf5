using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Binary trainers whose models give a score and no probability.</summary>
internal sealed class UncalibratedTrainers(MlNetSymbols symbols)
{
    private readonly PipelineSteps pipelines = symbols.Part(static symbols => new PipelineSteps(symbols));
    private readonly INamedTypeSymbol? catalog = symbols.Type("Microsoft.ML.BinaryClassificationCatalog+BinaryClassificationTrainers");
    private readonly MethodSet trainers = symbols
        .Methods(
            "Microsoft.ML.StandardTrainersCatalog",
            "AveragedPerceptron", "LdSvm", "LinearSvm", "SdcaNonCalibrated", "SgdNonCalibrated")
        .Add(symbols.Type("Microsoft.ML.TreeExtensions"), "FastForest");

    private readonly MethodSet harmless = symbols
        .Methods("Microsoft.ML.TransformExtensionsCatalog", "CopyColumns", "DropColumns", "SelectColumns")
        .Add(symbols.Type("Microsoft.ML.ConversionsExtensionsCatalog"), "MapKeyToValue");

    /// <summary>The trainer that leaves the scored data without a probability; null when that is not sure.</summary>
    public string? BehindData(IOperation scored) =>
        pipelines.TransformOf(scored)?.Instance is { } model && pipelines.FitOf(model)?.Instance is { } pipeline
            ? Behind(pipeline)
            : null;

    public string? Behind(IOperation pipeline)
    {
        if (pipelines.Of(pipeline) is not { } steps)
        {
            return null;
        }

        string? trainer = null;
        foreach (var step in steps)
        {
            if (NamesProbability(step))
            {
                return null;
            }

            if (trainer is null)
            {
                if (IsUncalibrated(step.TargetMethod))
                {
                    trainer = step.TargetMethod.Name;
                }
                else if (!harmless.Contains(step.TargetMethod))
                {
                    return null;
                }
            }
        }

        return trainer;
    }

    private bool IsUncalibrated(IMethodSymbol method) =>
        trainers.Contains(method)
        && (method.ReducedFrom ?? method).Parameters is { Length: > 0 } parameters
        && SymbolEqualityComparer.Default.Equals(parameters[0].Type, catalog);

    /// <summary>A step that makes the column itself.</summary>
    private static bool NamesProbability(IOperation step)
    {
        foreach (var part in step.Descendants())
        {
            if (part.ConstantValue is { HasValue: true, Value: "Probability" })
            {
                return true;
            }
        }

        return false;
    }
}
