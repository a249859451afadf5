using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>Follows the columns of a chain of steps: which column of the data another name stands for, and what was put into a vector.</summary>
/// <remarks>What a step does that is not known here makes its columns new ones; where a step may write any column, nothing is known any more.</remarks>
internal sealed class ColumnFlow
{
    private readonly ColumnSteps steps;
    private readonly Dictionary<string, string> sources = [];
    private readonly Dictionary<string, List<Ingredient>> vectors = [];
    private readonly Dictionary<string, ISymbol> members = [];
    private int made;

    public ColumnFlow(ColumnSteps steps) => this.steps = steps;

    /// <summary>False once a step was met that may have written any column.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <summary>The column of the data that the name stands for now.</summary>
    public string SourceOf(string column) => sources.TryGetValue(column, out var source) ? source : column;

    /// <summary>Everything that was put into the vector, however deep, with the word in the code that put it there.</summary>
    public IReadOnlyList<Ingredient> IngredientsOf(string column) => vectors.TryGetValue(column, out var found) ? found : [];

    public void Take(IInvocationOperation step)
    {
        if (steps.MayWriteAnything(step.TargetMethod))
        {
            IsKnown = false;
        }
        else if (steps.Concatenates(step.TargetMethod))
        {
            Concatenate(step);
        }
        else if (LocalFlow.Argument(step, "columns") is { } columns)
        {
            WriteAll(step, columns.Value);
        }
        else if (LocalFlow.Argument(step, "outputColumnName") is not null)
        {
            if (Text(step, "outputColumnName") is { } output)
            {
                var given = LocalFlow.Argument(step, "inputColumnName")?.Value;
                Remember(given);
                Write(step, output, given is { ConstantValue.HasValue: false } ? null : given?.ConstantValue.Value as string ?? output);
            }
            else
            {
                // A name that only the run knows may be that of any column.
                IsKnown = false;
            }
        }
    }

    /// <summary>A step over several columns; all are written at once, but none of them reads another's output.</summary>
    private void WriteAll(IInvocationOperation step, IOperation columns)
    {
        if (ColumnPairs.Of(columns) is { } pairs)
        {
            foreach (var (output, input) in pairs)
            {
                Write(step, output, input);
            }
        }
        else
        {
            IsKnown = false;
        }
    }

    private void Write(IInvocationOperation step, string output, string? input)
    {
        if (input is not null && steps.Renames(step.TargetMethod))
        {
            sources[output] = SourceOf(input);
            Put(output, IngredientsOf(input));
        }
        else
        {
            // Changed by a function of itself, a column is no longer the label; what stands in a vector stays in it.
            sources[output] = $"{output}#{++made}";
            Put(output, input is not null && steps.KeepsSlots(step.TargetMethod) ? IngredientsOf(input) : []);
        }
    }

    private void Concatenate(IInvocationOperation step)
    {
        if (Text(step, "outputColumnName") is not { } output)
        {
            IsKnown = false;
            return;
        }

        var found = new List<Ingredient>();
        if (LocalFlow.Argument(step, "inputColumnNames")?.Value is IArrayCreationOperation { Initializer.ElementValues: var inputs })
        {
            foreach (var input in inputs)
            {
                if (input.ConstantValue is { HasValue: true, Value: string name })
                {
                    var source = SourceOf(name);
                    found.Add(new(source, name, input.Syntax, Named(input) ?? (members.TryGetValue(source, out var member) ? member : null)));
                    found.AddRange(IngredientsOf(name));
                }
            }
        }

        sources[output] = $"{output}#{++made}";
        Put(output, found);
    }

    /// <summary>A column of the data that a step is told as <c>nameof(Row.Member)</c> is that member under any later name.</summary>
    private void Remember(IOperation? input)
    {
        if (input?.ConstantValue.Value is string name && SourceOf(name) == name && Named(input) is { } member)
        {
            members[name] = member;
        }
    }

    /// <summary>The member in <c>nameof(Row.Member)</c>.</summary>
    private static ISymbol? Named(IOperation input)
    {
        var current = input;
        while (current is IConversionOperation conversion)
        {
            current = conversion.Operand;
        }

        return current is INameOfOperation { Argument: IMemberReferenceOperation member } ? member.Member : null;
    }

    private void Put(string column, IReadOnlyList<Ingredient> ingredients) => vectors[column] = [.. ingredients];

    private static string? Text(IInvocationOperation step, string parameter) =>
        LocalFlow.Argument(step, parameter)?.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
}

/// <summary>A column in a vector.</summary>
internal readonly struct Ingredient(string source, string name, SyntaxNode word, ISymbol? member)
{
    /// <summary>The column of the data.</summary>
    public string Source => source;

    /// <summary>What it was called where it was put in.</summary>
    public string Name => name;

    public SyntaxNode Word => word;

    /// <summary>The member that the column was named by, where that was a <c>nameof</c>.</summary>
    public ISymbol? Member => member;
}

/// <summary>What is known of steps by what they do to columns.</summary>
internal sealed class ColumnSteps(MlNetSymbols symbols)
{
    private readonly MethodSet concatenations = symbols.Methods("Microsoft.ML.TransformExtensionsCatalog", "Concatenate");
    private readonly MethodSet renames = symbols
        .Methods("Microsoft.ML.TransformExtensionsCatalog", "CopyColumns")
        .Add(symbols.Type("Microsoft.ML.ConversionsExtensionsCatalog"), "ConvertType", "MapKeyToValue", "MapValueToKey", "MapKeyToVector")
        .Add(symbols.Type("Microsoft.ML.ConversionsCatalog"), "MapKeyToBinaryVector")
        .Add(symbols.Type("Microsoft.ML.CategoricalCatalog"), "OneHotEncoding", "OneHotHashEncoding");

    private readonly MethodSet slots = symbols
        .Methods(
            "Microsoft.ML.NormalizationCatalog",
            "NormalizeBinning", "NormalizeLogMeanVariance", "NormalizeLpNorm", "NormalizeMeanVariance", "NormalizeMinMax", "NormalizeRobustScaling",
            "NormalizeSupervisedBinning")
        .Add(symbols.Type("Microsoft.ML.ExtensionsCatalog"), "ReplaceMissingValues");

    private readonly MethodSet anything = symbols
        .Methods("Microsoft.ML.CustomMappingCatalog", "CustomMapping", "StatefulCustomMapping")
        .Add(symbols.Type("Microsoft.ML.OnnxCatalog"), "ApplyOnnxModel");

    public bool Concatenates(IMethodSymbol step) => concatenations.Contains(step);

    /// <summary>The output holds what the input holds, in another type or under another name; a category as numbers is still that category.</summary>
    public bool Renames(IMethodSymbol step) => renames.Contains(step);

    /// <summary>Each slot of a vector is changed by itself.</summary>
    public bool KeepsSlots(IMethodSymbol step) => slots.Contains(step);

    public bool MayWriteAnything(IMethodSymbol step) => anything.Contains(step);
}
