using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Schema;

/// <summary>What is wrong between a [LoadColumn] and its member.</summary>
internal enum ShapeFault
{
    /// <summary>Nothing, or nothing that is sure.</summary>
    None,

    /// <summary>A place below 0.</summary>
    Negative,

    /// <summary>A range whose end is before its start.</summary>
    Reversed,

    /// <summary>A range on a member that holds one value.</summary>
    RangeOnValue,

    /// <summary>One place for an array.</summary>
    PlaceOnArray,

    /// <summary>A [VectorType] of another length than the range.</summary>
    OtherLength,
}

/// <summary>The shape that the text loader makes of a member, beside the one that the member has.</summary>
internal sealed class ColumnShape(MlNetSymbols symbols)
{
    private readonly INamedTypeSymbol? vectorType = symbols.Type("Microsoft.ML.Data.VectorTypeAttribute");

    public INamedTypeSymbol? LoadColumn { get; } = symbols.Type("Microsoft.ML.Data.LoadColumnAttribute");

    public ShapeFault Fault(ISymbol member, AttributeData places, IReadOnlyList<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            if (first < 0)
            {
                return ShapeFault.Negative;
            }

            if (last < first)
            {
                return ShapeFault.Reversed;
            }
        }

        // A range is a vector even when it is one wide; a list of one place is not.
        var isVector = places.ConstructorArguments.Length == 2 || ranges.Count > 1;
        return RowMembers.TypeOf(member) switch
        {
            IArrayTypeSymbol { Rank: 1 } when !isVector => ShapeFault.PlaceOnArray,
            IArrayTypeSymbol { Rank: 1 } when Length(member) is { } length && length != Width(ranges) => ShapeFault.OtherLength,
            { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime } when isVector => ShapeFault.RangeOnValue,
            _ => ShapeFault.None,
        };
    }

    /// <summary>The length that [VectorType] says; null when there is none, or a dimension is left open.</summary>
    public int? Length(ISymbol member)
    {
        if (VectorType(member) is not { ConstructorArguments: { Length: 1 } arguments })
        {
            return null;
        }

        if (arguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false, Values: var sizes })
        {
            return arguments[0].Value is int size and > 0 ? size : null;
        }

        var length = 1;
        foreach (var size in sizes)
        {
            length *= size.Value is int part ? part : 0;
        }

        return sizes.Length > 0 && length > 0 ? length : null;
    }

    public AttributeData? VectorType(ISymbol member) => RowMembers.Attribute(member, vectorType);

    public static int Width(IReadOnlyList<(int First, int Last)> ranges)
    {
        var width = 0;
        for (var at = 0; at < ranges.Count; at++)
        {
            width += ranges[at].Last - ranges[at].First + 1;
        }

        return width;
    }

    /// <summary>Another member that reads a place of it too; one that is declared before, where that is asked.</summary>
    public ISymbol? SharedWith(ISymbol member, IReadOnlyList<(int First, int Last)> ranges, List<ISymbol> members, bool onlyBefore)
    {
        var passed = false;
        foreach (var other in members)
        {
            if (SymbolEqualityComparer.Default.Equals(other, member))
            {
                passed = true;
                continue;
            }

            // Members of base classes stand behind those of the row itself, and were written before.
            if (onlyBefore && passed && SymbolEqualityComparer.Default.Equals(other.ContainingType, member.ContainingType))
            {
                continue;
            }

            if (RowMembers.Attribute(other, LoadColumn) is { } attribute
                && LoadColumns.Of(attribute) is { } others
                && Overlap(ranges, others))
            {
                return other;
            }
        }

        return null;
    }

    private static bool Overlap(IReadOnlyList<(int First, int Last)> ones, IReadOnlyList<(int First, int Last)> others)
    {
        foreach (var one in ones)
        {
            foreach (var other in others)
            {
                if (one.First <= other.Last && other.First <= one.Last)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
