using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>The places in the file that a [LoadColumn] names.</summary>
internal static class LoadColumns
{
    /// <summary>Null when the attribute does not compile.</summary>
    public static IReadOnlyList<(int First, int Last)>? Of(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        if (arguments.Length == 2)
        {
            return arguments[0].Value is int first && arguments[1].Value is int last ? [(first, last)] : null;
        }

        if (arguments.Length != 1)
        {
            return null;
        }

        if (arguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false, Values: var indexes })
        {
            return arguments[0] is { Kind: TypedConstantKind.Primitive, Value: int only } ? [(only, only)] : null;
        }

        var places = new List<(int, int)>();
        foreach (var index in indexes)
        {
            if (index.Value is int place)
            {
                places.Add((place, place));
            }
        }

        return places;
    }
}
