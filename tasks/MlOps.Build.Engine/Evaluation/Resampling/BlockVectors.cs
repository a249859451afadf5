using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A number for each block, read and changed several at a time. Whole numbers are exact up to 2^53.</summary>
internal static class BlockVectors
{
    /// <summary>As many numbers as blocks, and what is missing to whole vectors.</summary>
    public static double[] New(RowBlocks blocks)
        => new double[(blocks.Count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count];

    public static Span<Vector<double>> Of(double[] numbers) => MemoryMarshal.Cast<double, Vector<double>>(numbers.AsSpan());
}
