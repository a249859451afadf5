using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows by which of two models is right about them.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PairedCorrectness(long Both, long BaselineOnly, long ChallengerOnly, long Neither)
{
    /// <summary>Below this many rows on which the models differ, McNemar's test is exact; from there on mid-p.</summary>
    private const int ExactBelow = 25;

    public long Rows => Both + BaselineOnly + ChallengerOnly + Neither;

    public long Discordant => BaselineOnly + ChallengerOnly;

    /// <summary>Accuracy of the challenger minus accuracy of the baseline.</summary>
    public double Difference => (ChallengerOnly - BaselineOnly) / (double)Rows;

    /// <summary>Wald's standard error of <see cref="Difference"/> for paired rows.</summary>
    public double StandardError
        => Math.Sqrt((Discordant / (double)Rows) - (Difference * Difference)) / Math.Sqrt(Rows);

    /// <summary>McNemar's exact two-sided p-value.</summary>
    public double ExactPValue
        => Discordant == 0 ? 1 : Math.Min(1, 2 * BinomialHalf.AtMost(Math.Min(BaselineOnly, ChallengerOnly), Discordant));

    /// <summary>McNemar's mid-p value: 2 P(X &lt; min) + P(X = min).</summary>
    public double MidPValue
    {
        get
        {
            if (Discordant == 0)
            {
                return 1;
            }

            var least = Math.Min(BaselineOnly, ChallengerOnly);
            var p = (2 * BinomialHalf.AtMost(least, Discordant)) - BinomialHalf.Probability(least, Discordant);
            return Math.Min(1, p);
        }
    }

    /// <summary>Chi-squared with one degree of freedom; with Edwards' correction one is taken off the difference.</summary>
    public double ChiSquared(bool corrected)
    {
        var gap = Math.Abs(BaselineOnly - ChallengerOnly);
        var distance = corrected ? Math.Max(0, gap - 1) : gap;
        return Discordant == 0 ? 0 : (double)distance * distance / Discordant;
    }

    /// <summary>The p-value to report.</summary>
    public double PValue => Discordant < ExactBelow ? ExactPValue : MidPValue;

    /// <summary>Counts rows from two columns of 0 and 1.</summary>
    public static PairedCorrectness Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> challenger)
    {
        Span<long> cells = stackalloc long[4];
        cells.Clear();
        for (var i = 0; i < baseline.Length; i++)
        {
            cells[(baseline[i] == 1 ? 2 : 0) + (challenger[i] == 1 ? 1 : 0)]++;
        }

        return new(cells[3], cells[2], cells[1], cells[0]);
    }

    /// <summary>
    /// The interval of <see cref="Difference"/>: Newcombe 1998, method 10 (doi:10.1002/(SICI)1097-0258(19981130)17:22),
    /// with the continuity correction of a positive correlation.
    /// </summary>
    public Interval Newcombe(double z)
    {
        var rows = (double)Rows;
        var (challenger, baseline) = ((Both + ChallengerOnly) / rows, (Both + BaselineOnly) / rows);
        var (first, second) = (Wilson.Of(challenger, rows, z), Wilson.Of(baseline, rows, z));
        var correlation = Correlation();
        return new(
            Difference - Distance(challenger - first.Lower, second.Upper - baseline, correlation),
            Difference + Distance(first.Upper - challenger, baseline - second.Lower, correlation));
    }

    private static double Distance(double first, double second, double correlation)
        => Math.Sqrt(Math.Max(0, (first * first) - (2 * correlation * first * second) + (second * second)));

    private double Correlation()
    {
        var margins = (Both + ChallengerOnly) * (double)(BaselineOnly + Neither)
            * (Both + BaselineOnly) * (ChallengerOnly + Neither);
        if (margins == 0)
        {
            return 0;
        }

        var product = ((double)Both * Neither) - ((double)BaselineOnly * ChallengerOnly);
        var corrected = product > 0 ? Math.Max(product - (Rows / 2.0), 0) : product;
        return corrected / Math.Sqrt(margins);
    }
}
