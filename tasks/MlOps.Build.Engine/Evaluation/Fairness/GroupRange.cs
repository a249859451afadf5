namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Bounds of the largest difference, or the smallest ratio, between groups. A bootstrap would add its noise to a range that
/// is nothing but noise. The largest difference is at least that of any pair: the best of all pairs' lower bounds, each at a
/// level divided by their number (Bonferroni), holds; and the bound above that of the extreme pair needs no correction.
/// </summary>
internal static class GroupRange
{
    public const string Differences = "pairs of groups: Newcombe, Bonferroni";
    public const string Ratios = "pairs of groups: Donner-Zou, Bonferroni";

    public static SamplingError Of(FairnessDefinition metric, EvaluatedRows rows, bool baseline, IReadOnlyList<int[]> groups, double confidence)
    {
        var trainings = baseline ? rows.Baseline : rows.Challenger;
        var shares = metric.Rates
            .Select(rate => groups.Select(members => GroupShare.Of(rows, trainings, members, rate)).OfType<GroupShare>().ToArray())
            .ToArray();
        if (Array.Exists(shares, one => one.Length < 2))
        {
            return SamplingError.None("fewer than two groups define it");
        }

        var pairs = shares.Sum(one => one.Length * (one.Length - 1));
        var (each, all) = (Normal.Quantile(confidence), Normal.Quantile(1 - ((1 - confidence) / pairs)));
        Interval[] ranges = [.. shares.Select(one => metric.HigherIsBetter ? Smallest(one, each, all) : Largest(one, each, all))];
        var bounds = new Interval(Combined(metric, ranges.Select(range => range.Lower)), Combined(metric, ranges.Select(range => range.Upper)));
        return new(Square((bounds.Upper - bounds.Lower) / (2 * each)), null, metric.HigherIsBetter ? Ratios : Differences, bounds);
    }

    private static double Combined(FairnessDefinition metric, IEnumerable<double> bounds)
        => metric.IsMean ? bounds.Average() : metric.HigherIsBetter ? bounds.Min() : bounds.Max();

    /// <summary>Newcombe 1998, method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8.</summary>
    private static Interval Largest(GroupShare[] shares, double each, double all)
    {
        var (lower, upper) = (0.0, 0.0);
        foreach (var (a, b) in Pairs(shares))
        {
            var difference = a.Rate - b.Rate;
            lower = Math.Max(lower, difference - Distance(a.Rate - a.Wilson(all).Lower, b.Wilson(all).Upper - b.Rate));
            upper = Math.Max(upper, difference + Distance(a.Wilson(each).Upper - a.Rate, b.Rate - b.Wilson(each).Lower));
        }

        return new(lower, upper);
    }

    /// <summary>Donner and Zou 2012, doi:10.1177/0962280210383502.</summary>
    private static Interval Smallest(GroupShare[] shares, double each, double all)
    {
        var (lower, upper) = (1.0, 1.0);
        foreach (var (a, b) in Pairs(shares))
        {
            upper = Math.Min(upper, Ratio(a.Rate, b.Rate, a.Wilson(all).Upper, b.Wilson(all).Lower, +1));
            lower = Math.Min(lower, Ratio(a.Rate, b.Rate, a.Wilson(each).Lower, b.Wilson(each).Upper, -1));
        }

        return new(lower, upper);
    }

    /// <summary>A bound of a / b from a bound of each: above from a's upper and b's lower one, below the other way round.</summary>
    private static double Ratio(double a, double b, double boundOfA, double boundOfB, int sign)
    {
        var divisor = boundOfB * ((2 * b) - boundOfB);
        var under = Square(a * b) - (boundOfA * boundOfB * ((2 * a) - boundOfA) * ((2 * b) - boundOfB));
        return divisor <= 0 ? (sign > 0 ? double.PositiveInfinity : 0) : ((a * b) + (sign * Math.Sqrt(Math.Max(0, under)))) / divisor;
    }

    private static IEnumerable<(GroupShare A, GroupShare B)> Pairs(GroupShare[] shares)
        => shares.SelectMany((a, place) => shares.Where((_, other) => other != place).Select(b => (a, b)));

    private static double Distance(double first, double second) => Math.Sqrt(Square(first) + Square(second));

    private static double Square(double value) => value * value;
}
