using System.Buffers;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Work on a multiset of rows that several metrics of one side share: it is done once a resample.</summary>
internal interface IPreparation
{
    /// <summary>How many numbers it gives.</summary>
    int Length { get; }

    /// <summary>From how often each row counts to what the metrics need of it.</summary>
    void Prepare(ReadOnlySpan<int> counts, Span<int> prepared);
}

/// <summary>A metric that starts from a preparation.</summary>
internal abstract class PreparedColumn(IPreparation preparation) : IMetricColumn
{
    public IPreparation Preparation => preparation;

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<int> counts)
    {
        var prepared = ArrayPool<int>.Shared.Rent(preparation.Length);
        preparation.Prepare(counts, prepared.AsSpan(0, preparation.Length));
        var value = Of(prepared.AsSpan(0, preparation.Length));
        ArrayPool<int>.Shared.Return(prepared);
        return value;
    }

    /// <inheritdoc/>
    public abstract double[] WithoutEach(RowBlocks blocks);

    /// <summary>The metric of prepared rows; NaN where they do not define it.</summary>
    public abstract double Of(ReadOnlySpan<int> prepared);
}
