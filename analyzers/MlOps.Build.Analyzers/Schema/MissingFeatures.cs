using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Leakage;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Finds the trainers that are given rows of a text loader, with columns among their features that can be missing.</summary>
/// <remarks>
/// The trainers are measured (400 rows, 200 of them with a missing feature, Microsoft.ML 5.0.1). Not here: LightGbm and NaiveBayes, which use all rows, Prior, which looks at no
/// feature, and Sdca for regression, which throws. The normalizers here keep what is missing; NormalizeLogMeanVariance does not.
/// </remarks>
internal sealed class MissingFeatures(MlNetSymbols symbols)
{
    private readonly LoadedRows rows = symbols.Part(static symbols => new LoadedRows(symbols));
    private readonly PipelineSteps pipelines = symbols.Part(static symbols => new PipelineSteps(symbols));
    private readonly ColumnSteps steps = new(symbols);

    private readonly MethodSet skippers = symbols
        .Methods("Microsoft.ML.TreeExtensions", "FastForest", "FastTree", "FastTreeTweedie", "Gam")
        .Add(
            symbols.Type("Microsoft.ML.StandardTrainersCatalog"),
            "AveragedPerceptron", "LbfgsLogisticRegression", "LbfgsMaximumEntropy", "LbfgsPoissonRegression", "LdSvm", "LinearSvm", "OnlineGradientDescent",
            "SdcaLogisticRegression", "SdcaMaximumEntropy", "SdcaNonCalibrated", "SgdCalibrated", "SgdNonCalibrated")
        .Add(symbols.Type("Microsoft.ML.KMeansClusteringExtensions"), "KMeans")
        .Add(symbols.Type("Microsoft.ML.PcaCatalog"), "RandomizedPca");

    private readonly MethodSet keeps = symbols.Methods(
        "Microsoft.ML.NormalizationCatalog", "NormalizeBinning", "NormalizeLpNorm", "NormalizeMeanVariance", "NormalizeMinMax");

    private readonly MethodSet copies = symbols.Methods("Microsoft.ML.TransformExtensionsCatalog", "CopyColumns");

    private readonly MethodSet filters = new MethodSet()
        .Add(symbols.Data, "FilterRowsByMissingValues")
        .Add(symbols.Type("Microsoft.ML.CustomMappingCatalog"), "FilterByCustomPredicate", "FilterByStatefulCustomPredicate");

    /// <summary>Each trainer that is fitted to the data in the same method, with the column that it can miss.</summary>
    public IReadOnlyList<(IInvocationOperation Trainer, string Column)> OnDataOf(IInvocationOperation load, INamedTypeSymbol row)
    {
        var found = new List<(IInvocationOperation, string)>();
        foreach (var operation in LocalFlow.Around(load))
        {
            if (operation is not IInvocationOperation call)
            {
                continue;
            }

            // Some rows were taken out on purpose; which ones is not followed.
            if (filters.Contains(call.TargetMethod))
            {
                return [];
            }

            if (Training(call) is var (pipeline, data) && rows.IsFrom(data, load) && pipelines.Of(pipeline) is { } chain && Skipped(chain, row) is { } skipped
                && !found.Contains(skipped))
            {
                found.Add(skipped);
            }
        }

        return found;
    }

    private (IOperation Pipeline, IOperation Data)? Training(IInvocationOperation call) => call switch
    {
        { TargetMethod.Name: "Fit", Instance: { } pipeline, Arguments: { Length: > 0 } arguments } when pipelines.FitOf(call) is not null =>
            (pipeline, arguments[0].Value),
        { TargetMethod.Name: "CrossValidate" } when LocalFlow.Argument(call, "estimator") is { } pipeline && LocalFlow.Argument(call, "data") is { } data =>
            (pipeline.Value, data.Value),
        _ => null,
    };

    /// <summary>Follows the columns that can be missing through the steps, which come last one first.</summary>
    private (IInvocationOperation Trainer, string Column)? Skipped(List<IInvocationOperation> chain, INamedTypeSymbol row)
    {
        var missing = new Dictionary<string, string>(System.StringComparer.Ordinal);
        foreach (var column in rows.Reals(row))
        {
            missing[column] = column;
        }

        for (var at = chain.Count - 1; at >= 0; at--)
        {
            var step = chain[at];
            if (skippers.Contains(step.TargetMethod))
            {
                return TrainerColumns.Features(step) is { } features && missing.TryGetValue(features, out var column) ? (step, column) : null;
            }

            if (!Take(step, missing))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>False where the step may have written any column.</summary>
    private bool Take(IInvocationOperation step, Dictionary<string, string> missing)
    {
        if (steps.MayWriteAnything(step.TargetMethod))
        {
            return false;
        }

        if (LocalFlow.Argument(step, "columns") is { } columns)
        {
            return TakeAll(columns.Value, missing);
        }

        if (LocalFlow.Argument(step, "outputColumnName")?.Value is not { } named)
        {
            return true;
        }

        if (named.ConstantValue is not { HasValue: true, Value: string output })
        {
            return false;
        }

        var column = steps.Concatenates(step.TargetMethod) ? Among(step, missing)
            : copies.Contains(step.TargetMethod) || keeps.Contains(step.TargetMethod) ? At(step, output, missing)
            : null;
        Put(missing, output, column);
        return true;
    }

    private static bool TakeAll(IOperation columns, Dictionary<string, string> missing)
    {
        if (ColumnPairs.Of(columns) is not { } pairs)
        {
            return false;
        }

        // What the step does to several columns at once is not followed: they are taken for repaired.
        foreach (var (output, _) in pairs)
        {
            missing.Remove(output);
        }

        return true;
    }

    private static string? Among(IInvocationOperation step, Dictionary<string, string> missing)
    {
        if (LocalFlow.Argument(step, "inputColumnNames")?.Value is IArrayCreationOperation { Initializer.ElementValues: var inputs })
        {
            foreach (var input in inputs)
            {
                if (input.ConstantValue is { HasValue: true, Value: string name } && missing.TryGetValue(name, out var column))
                {
                    return column;
                }
            }
        }

        return null;
    }

    private static string? At(IInvocationOperation step, string output, Dictionary<string, string> missing)
    {
        var input = LocalFlow.Argument(step, "inputColumnName")?.Value.ConstantValue switch
        {
            { HasValue: true, Value: string name } => name,
            { HasValue: false } => null,
            _ => output,
        };
        return input is not null && missing.TryGetValue(input, out var column) ? column : null;
    }

    private static void Put(Dictionary<string, string> missing, string output, string? column)
    {
        if (column is null)
        {
            missing.Remove(output);
        }
        else
        {
            missing[output] = column;
        }
    }
}
