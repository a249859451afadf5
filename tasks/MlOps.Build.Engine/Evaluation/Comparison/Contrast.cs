using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The quantity a rule tests: challenger times one number plus baseline times another.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Contrast(double Challenger, double Baseline)
{
    /// <summary>The challenger's own value.</summary>
    public static Contrast Own { get; } = new(1, 0);

    /// <summary>The baseline's own value.</summary>
    public static Contrast OfBaseline { get; } = new(0, 1);

    /// <summary>The challenger's own value, negated: what a ceiling tests.</summary>
    public static Contrast Negated { get; } = new(-1, 0);

    /// <summary>Whether only one side matters.</summary>
    public bool IsOwn => Challenger == 0 || Baseline == 0;

    public bool NeedsBaseline => Baseline != 0;

    /// <summary>Challenger minus baseline, so that larger is better.</summary>
    public static Contrast Difference(MetricDefinition metric) => new(metric.Sign, -metric.Sign);

    /// <summary>
    /// What is left of a margin that is a share of the baseline: (1 + p) baseline - challenger for a loss, challenger
    /// - (1 - p) baseline where larger is better.
    /// </summary>
    public static Contrast Relative(MetricDefinition metric, double share)
        => metric.Sign > 0 ? new(1, share - 1) : new(-1, 1 + share);

    /// <summary>The values the quantity can have where both sides are in a range.</summary>
    public Interval Within(Interval range)
    {
        var (challenger, baseline) = (Scaled(range, Challenger), Scaled(range, Baseline));
        return new(challenger.Lower + baseline.Lower, challenger.Upper + baseline.Upper);
    }

    public double Of(double challenger, double baseline)
        => (Challenger == 0 ? 0 : Challenger * challenger) + (Baseline == 0 ? 0 : Baseline * baseline);

    private static Interval Scaled(Interval range, double factor)
        => factor == 0 ? new(0, 0)
            : factor > 0 ? new(factor * range.Lower, factor * range.Upper)
            : new(factor * range.Upper, factor * range.Lower);
}
