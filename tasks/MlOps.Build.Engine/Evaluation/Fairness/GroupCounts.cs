using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows of a group by truth and prediction; rates are NaN where no row defines them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GroupCounts(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    public long Rows => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    public long Selected => TruePositives + FalsePositives;

    public double SelectionRate => Share(Selected, Rows);

    public double TruePositiveRate => Share(TruePositives, TruePositives + FalseNegatives);

    public double FalsePositiveRate => Share(FalsePositives, FalsePositives + TrueNegatives);

    public double Precision => Share(TruePositives, Selected);

    public double Accuracy => Share(TruePositives + TrueNegatives, Rows);

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}

/// <summary>The smallest and the largest rate of several groups, of those that define it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateRange(double Smallest, double Largest, int Groups)
{
    /// <summary>Largest minus smallest; NaN with fewer than two groups.</summary>
    public double Difference => Groups < 2 ? double.NaN : Largest - Smallest;

    /// <summary>Smallest over largest; NaN with fewer than two groups, or where all rates are 0.</summary>
    public double Ratio => Groups < 2 || Largest == 0 ? double.NaN : Smallest / Largest;

    public static RateRange Of(ReadOnlySpan<GroupCounts> groups, Func<GroupCounts, double> rate)
    {
        var range = new RateRange(double.PositiveInfinity, double.NegativeInfinity, 0);
        foreach (var group in groups)
        {
            var value = rate(group);
            if (!double.IsNaN(value))
            {
                range = new(Math.Min(range.Smallest, value), Math.Max(range.Largest, value), range.Groups + 1);
            }
        }

        return range;
    }
}

/// <summary>A fairness metric of the judged groups.</summary>
internal delegate double GroupsMetric(ReadOnlySpan<GroupCounts> groups);
