using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>The columns of a step that is told them as an array of <c>InputOutputColumnPair</c>.</summary>
internal static class ColumnPairs
{
    /// <summary>Outputs and inputs in their order; null unless each is made on the spot with constants.</summary>
    public static IReadOnlyList<(string Output, string Input)>? Of(IOperation columns)
    {
        if (Items(LocalFlow.Origin(columns)) is not { } items)
        {
            return null;
        }

        var pairs = new List<(string, string)>();
        foreach (var item in items)
        {
            if (Pair(LocalFlow.Origin(item)) is not { } pair)
            {
                return null;
            }

            pairs.Add(pair);
        }

        return pairs;
    }

    private static IReadOnlyList<IOperation>? Items(IOperation columns) => columns switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var values } => values,
        ICollectionExpressionOperation { Elements: var elements } => elements,
        _ => null,
    };

    private static (string Output, string Input)? Pair(IOperation item)
    {
        if (item is not IObjectCreationOperation { Type.Name: "InputOutputColumnPair" } creation)
        {
            return null;
        }

        string? output = null;
        string? input = null;
        foreach (var argument in creation.Arguments)
        {
            if (!argument.Value.ConstantValue.HasValue)
            {
                return null;
            }

            var name = argument.Value.ConstantValue.Value as string;
            if (argument.Parameter?.Name == "outputColumnName")
            {
                output = name;
            }
            else
            {
                input = name;
            }
        }

        return output is null ? null : (output, input ?? output);
    }
}
