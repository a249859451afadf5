using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>Finds the step for missing values that is given what a text loader read in the same method.</summary>
internal sealed class MissingValueSteps(MlNetSymbols symbols)
{
    private readonly LoadedRows rows = symbols.Part(static symbols => new LoadedRows(symbols));
    private readonly PipelineSteps pipelines = symbols.Part(static symbols => new PipelineSteps(symbols));
    private readonly MethodSet filters = new MethodSet().Add(symbols.Data, "FilterRowsByMissingValues");
    private readonly MethodSet custom = symbols.Methods(
        "Microsoft.ML.CustomMappingCatalog", "CustomMapping", "StatefulCustomMapping");

    private readonly MethodSet repairs = symbols.Methods(
        "Microsoft.ML.ExtensionsCatalog", "ReplaceMissingValues", "IndicateMissingValues");


    /// <summary>The name of the step and the column of real numbers that it looks at; null when there is none.</summary>
    public (string Step, string Column)? OnDataOf(IInvocationOperation load, INamedTypeSymbol row)
    {
        foreach (var operation in LocalFlow.Around(load))
        {
            if (operation is IInvocationOperation call && StepOf(call, load, row) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private (string Step, string Column)? StepOf(IInvocationOperation call, IInvocationOperation load, INamedTypeSymbol row)
    {
        if (filters.Contains(call.TargetMethod))
        {
            return LocalFlow.Argument(call, "input") is { } input
                && FirstReal(LocalFlow.Argument(call, "columns")?.Value, row) is { } column
                && rows.IsFrom(input.Value, load)
                ? (call.TargetMethod.Name, column)
                : null;
        }

        if (call is { TargetMethod.Name: "Fit", Instance: { } pipeline, Arguments: { Length: > 0 } arguments }
            && pipelines.FitOf(call) is not null
            && RepairIn(pipeline, row) is { } repair
            && rows.IsFrom(arguments[0].Value, load))
        {
            return repair;
        }

        return null;
    }

    private (string Step, string Column)? RepairIn(IOperation pipeline, INamedTypeSymbol row)
    {
        (string, string)? found = null;
        foreach (var step in pipelines.Of(pipeline) ?? [])
        {
            // A step of one's own may put NaN where the file had nothing.
            if (custom.Contains(step.TargetMethod))
            {
                return null;
            }

            if (repairs.Contains(step.TargetMethod) && !PutsZero(step) && RealColumn(step, row) is { } column)
            {
                found = (step.TargetMethod.Name, column);
            }
        }

        return found;
    }

    /// <summary>The default mode puts 0 for what is missing, which is what the loader reads for an empty cell anyway.</summary>
    private static bool PutsZero(IInvocationOperation step) =>
        LocalFlow.Argument(step, "replacementMode") is { Value.ConstantValue: { HasValue: true, Value: { } mode } }
        && System.Convert.ToInt32(mode, System.Globalization.CultureInfo.InvariantCulture) == 0;

    private string? RealColumn(IInvocationOperation step, INamedTypeSymbol row)
    {
        var input = LocalFlow.Argument(step, "inputColumnName")?.Value.ConstantValue.Value as string
            ?? LocalFlow.Argument(step, "outputColumnName")?.Value.ConstantValue.Value as string;
        return input is not null && rows.IsReal(row, input) ? input : null;
    }

    private string? FirstReal(IOperation? columns, INamedTypeSymbol row)
    {
        if (columns is IArrayCreationOperation { Initializer.ElementValues: var names })
        {
            foreach (var name in names)
            {
                if (name.ConstantValue.Value is string known && rows.IsReal(row, known))
                {
                    return known;
                }
            }
        }

        return null;
    }
}
