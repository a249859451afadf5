namespace MlOps.Build.Engine.Data;

/// <summary>How well a single column tells the label: AUC in its better direction, or the size of the rank correlation.</summary>
internal static class LeakMeasure
{
    /// <summary>With fewer rows of a class, or of either kind, anything can happen by chance.</summary>
    private const int Fewest = 20;

    /// <summary>A text with more values than a row in 50 says more about the row than about the label.</summary>
    private const int RowsAValue = 50;

    private const int FewValues = 50;
    private const int MostClasses = 20;

    /// <summary>By the values where there are any; 0 where too few rows tell.</summary>
    public static double Alone((double Label, object? Value)[] rows, bool isNumber)
    {
        var known = Array.FindAll(rows, row => row.Value is not (null or double.NaN));
        if (known is [{ Value: string }, ..])
        {
            var means = known.GroupBy(row => (string)row.Value!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Average(row => row.Label), StringComparer.Ordinal);
            return means.Count * RowsAValue > known.Length ? 0 : Strength([.. known.Select(row => (row.Label, means[(string)row.Value!]))], isNumber);
        }

        return Strength([.. known.Select(row => (row.Label, (double)row.Value!))], isNumber);
    }

    /// <summary>
    /// For labels that number classes: the mean over classes of how well one is told from the rest, by the values and by being
    /// missing, weighted by rows. A number with few values is taken for a word, because the one in the middle follows no order.
    /// </summary>
    public static (double Alone, double ByMissing) OfClasses((double Label, object? Value)[] rows)
    {
        var values = rows.Select(row => row.Value).Where(value => value is double and not double.NaN).Distinct().Take(FewValues + 1).Count();
        var words = values is > 0 and <= FewValues
            ? [.. rows.Select(row => (row.Label, row.Value is double.NaN ? null : row.Value is double number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : row.Value))]
            : rows;
        double alone = 0, missing = 0;
        var classes = rows.GroupBy(row => row.Label).Where(group => group.Count() >= Fewest).OrderByDescending(group => group.Count()).Take(MostClasses).Select(group => (group.Key, Count: group.Count())).ToArray();
        foreach (var (name, count) in classes)
        {
            (double Label, object? Value)[] against = [.. words.Select(row => (row.Label == name ? 1.0 : 0.0, row.Value))];
            var share = count / (double)classes.Sum(one => one.Count);
            alone += share * Alone(against, isNumber: false);
            missing += share * ByMissing(against, isNumber: false);
        }

        return (alone, missing);
    }

    /// <summary>By being missing or not.</summary>
    public static double ByMissing((double Label, object? Value)[] rows, bool isNumber)
    {
        var missing = rows.Count(row => row.Value is null or double.NaN);
        return missing < Fewest || rows.Length - missing < Fewest ? 0 : Strength([.. rows.Select(row => (row.Label, row.Value is null or double.NaN ? 1.0 : 0.0))], isNumber);
    }

    private static double Strength((double Label, double Value)[] rows, bool isNumber)
    {
        if (rows.Length < 2 * Fewest)
        {
            return 0;
        }

        var ranks = Ranks([.. rows.Select(row => row.Value)]);
        return isNumber ? Math.Abs(Correlation(Ranks([.. rows.Select(row => row.Label)]), ranks)) : Auc(rows, ranks);
    }

    private static double Auc((double Label, double Value)[] rows, double[] ranks)
    {
        var positives = (double)rows.Count(row => row.Label > 0);
        var negatives = rows.Length - positives;
        if (positives < Fewest || negatives < Fewest)
        {
            return 0;
        }

        var sum = rows.Zip(ranks).Where(row => row.First.Label > 0).Sum(row => row.Second);
        var auc = (sum - (positives * (positives + 1) / 2)) / (positives * negatives);
        return Math.Max(auc, 1 - auc);
    }

    private static double Correlation(double[] one, double[] other)
    {
        var middle = (one.Length + 1) / 2.0;
        double product = 0, left = 0, right = 0;
        for (var i = 0; i < one.Length; i++)
        {
            product += (one[i] - middle) * (other[i] - middle);
            left += (one[i] - middle) * (one[i] - middle);
            right += (other[i] - middle) * (other[i] - middle);
        }

        return left == 0 || right == 0 ? 0 : product / Math.Sqrt(left * right);
    }

    /// <summary>From 1; equal values share the mean of their ranks.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var first = 0; first < order.Length;)
        {
            var next = first + 1;
            while (next < order.Length && values[order[next]] == values[order[first]])
            {
                next++;
            }

            for (var i = first; i < next; i++)
            {
                ranks[order[i]] = (first + 1 + next) / 2.0;
            }

            first = next;
        }

        return ranks;
    }
}
