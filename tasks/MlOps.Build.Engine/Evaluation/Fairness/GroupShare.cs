using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A rate of a group and the independent rows it rests on; several trainings are averaged.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GroupShare(double Rate, double Rows)
{
    /// <summary>Null where a training has no row that defines the rate.</summary>
    public static GroupShare? Of(EvaluatedRows rows, IReadOnlyList<Predictions> trainings, int[] members, GroupRate rate)
    {
        var shares = trainings.Select(training => One(rows, training, members, rate)).ToArray();
        return Array.Exists(shares, share => share.Rows == 0)
            ? null
            : new(shares.Average(share => share.Rate), shares.Average(share => share.Rows));
    }

    public Interval Wilson(double z) => Evaluating.Wilson.Of(Rate, Rows, z);

    private static GroupShare One(EvaluatedRows rows, Predictions training, int[] members, GroupRate rate)
    {
        var (scores, threshold) = (training.Scores[0], rows.ThresholdOf(training));
        bool In(int cells, int row) => GroupRate.Has(cells, rows.Labels[row] == 1, scores[row] >= threshold);
        int[] whole = [.. members.Where(row => In(rate.Whole, row))];
        if (whole.Length == 0)
        {
            return default;
        }

        var part = whole.Count(row => In(rate.Part, row)) / (double)whole.Length;
        if (rows.Groups is not { } dependent)
        {
            return new(part, whole.Length);
        }

        // Rows that belong together count as the number of independent rows with the same variance.
        int[] clusters = [.. whole.Select(row => dependent[row])];
        var variance = Clusters.VarianceOfSum(whole.Length, i => ((In(rate.Part, whole[i]) ? 1 : 0) - part) / whole.Length, clusters);
        var most = Clusters.Count(whole.Length, clusters);
        return new(part, variance > 0 ? Math.Clamp(part * (1 - part) / variance, 1, whole.Length) : most);
    }
}
