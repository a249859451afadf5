using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What the challenger gains over the baseline in each slice of a column.</summary>
internal sealed class SliceGains
{
    private readonly EvaluatedRows rows;
    private readonly GateConfiguration policy;
    private readonly double[][] challenger;
    private readonly double[][] baseline;
    private readonly double[] gains;
    private readonly double sign;

    public SliceGains(EvaluatedRows rows, MetricDefinition metric, GateConfiguration policy)
    {
        (this.rows, this.policy, sign) = (rows, policy, metric.Sign);
        challenger = [.. rows.Challenger.Select((_, r) => PerRow(metric, isBaseline: false, r))];
        baseline = [.. rows.Baseline.Select((_, r) => PerRow(metric, isBaseline: true, r))];
        gains = new double[rows.Count];
        for (var r = 0; r < challenger.Length; r++)
        {
            for (var row = 0; row < gains.Length; row++)
            {
                gains[row] += sign * (challenger[r][row] - baseline[r][row]) / challenger.Length;
            }
        }
    }

    /// <summary>The slices with rows enough.</summary>
    public IEnumerable<SliceGain> Of(SearchedColumn column)
    {
        var members = Members(column);
        for (var place = 0; place < members.Length; place++)
        {
            if (members[place].Length >= policy.MinimumSupport && Of(column, place, members[place]) is { } gain)
            {
                yield return gain;
            }
        }
    }

    /// <summary>A slice without some rows; null where too few are left.</summary>
    public SliceGain? Without(SliceGain slice, bool[] taken)
    {
        int[] left = [.. Members(slice.Column, slice.Place).Where(row => !taken[row])];
        return left.Length < policy.MinimumSupport ? null : Of(slice.Column, slice.Place, left);
    }

    /// <summary>The rows of one slice.</summary>
    public static IEnumerable<int> Members(SearchedColumn column, int place)
    {
        for (var row = 0; row < column.Codes.Length; row++)
        {
            if (column.Codes[row] == place)
            {
                yield return row;
            }
        }
    }

    private SliceGain? Of(SearchedColumn column, int place, int[] members)
    {
        var groups = rows.Groups is null ? null : Columns.Select(rows.Groups, members);
        var observations = Clusters.Count(members.Length, groups);
        var before = baseline.Select(side => Mean(side, members)).ToArray();
        var after = challenger.Select(side => Mean(side, members)).ToArray();
        var variance = MeanVariance.OfMean(Columns.Select(gains, members), groups);
        var estimate = TrainingNoise.Add(
            [.. after.Zip(before, (challenger, baseline) => sign * (challenger - baseline))],
            new SamplingError(variance, observations - 1, Methods.PairedT),
            observations,
            policy.Confidence);
        return Decision.HarmPValue(estimate, 0, policy.Confidence) is { } harm
            ? new(column, place, members.Length, before.Average(), after.Average(), estimate, harm)
            : null;
    }

    private double[] PerRow(MetricDefinition metric, bool isBaseline, int replicate)
        => ((MeanColumn)rows.Column(metric, isBaseline, replicate)).PerRow.ToArray();

    private static double Mean(double[] values, int[] members)
    {
        var sum = 0.0;
        foreach (var row in members)
        {
            sum += values[row];
        }

        return sum / members.Length;
    }

    private static int[][] Members(SearchedColumn column)
    {
        var counts = new int[column.Values.Count];
        foreach (var code in column.Codes)
        {
            counts[code]++;
        }

        var members = Array.ConvertAll(counts, count => new int[count]);
        Array.Clear(counts);
        for (var row = 0; row < column.Codes.Length; row++)
        {
            var code = column.Codes[row];
            members[code][counts[code]++] = row;
        }

        return members;
    }
}

/// <summary>One slice.</summary>
internal sealed record SliceGain(SearchedColumn Column, int Place, int Rows, double Baseline, double Challenger, Estimate Estimate, double HarmPValue)
{
    /// <summary>After Holm over all slices.</summary>
    public double AdjustedPValue { get; init; } = 1;

    /// <summary>The difference in standard errors; p-values that are too small for a number cannot be told apart.</summary>
    public double Strength => Estimate.Value / Math.Max(Estimate.StandardError ?? 0, double.Epsilon);

    public WeakSlice Document() => new()
    {
        Column = Column.Name,
        Value = Column.Values[Place],
        Sensitive = Column.Sensitive,
        Rows = Rows,
        Baseline = Baseline,
        Challenger = Challenger,
        Difference = Estimate.Value,
        Lower = Estimate.Bounds?.Lower,
        Upper = Estimate.Bounds?.Upper,
        PValue = AdjustedPValue,
    };
}
