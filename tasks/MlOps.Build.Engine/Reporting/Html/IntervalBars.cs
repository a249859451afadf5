using System.Xml.Linq;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Intervals as small drawings inside tables; the numbers stand beside them.</summary>
internal static class IntervalBars
{
    private const double Width = 140;

    /// <summary>Baseline (hollow, dashed) above challenger (filled, solid), on a scale of their own.</summary>
    public static XElement? Sides(MetricRow row)
    {
        if (row.ChallengerSpread is not { } challenger)
        {
            return null;
        }

        var scale = Scale.Around(Ends(challenger).Concat(row.BaselineSpread is { } other ? Ends(other) : []), 6, Width - 6);
        return Svg.Ornament(
            Width, 30, row.BaselineSpread is { } baseline ? Svg.Interval("baseline", baseline, 9, scale, hollow: true) : null, Svg.Interval("challenger", challenger, 22, scale, hollow: false));
    }

    /// <summary>A change around zero, on a scale that all rows share.</summary>
    public static XElement? Change(Spread? change, double most)
    {
        if (change is null || most <= 0)
        {
            return null;
        }

        var scale = new Scale(-most, most, 6, Width - 6);
        return Svg.Ornament(
            Width, 20, Svg.Line("reference", scale.Of(0), 0, scale.Of(0), 20), Svg.Interval("challenger", change, 10, scale, hollow: false));
    }

    /// <summary>The largest distance from zero of any end.</summary>
    public static double Most(IEnumerable<Spread?> changes)
        => changes.OfType<Spread>().SelectMany(Ends).Select(Math.Abs).DefaultIfEmpty(0).Max() * 1.04;

    private static IEnumerable<double> Ends(Spread spread)
        => new[] { spread.Value, spread.Lower ?? spread.Value, spread.Upper ?? spread.Value };
}
