namespace MlOps.Build.Engine.Evaluating;

/// <summary>Rows that belong together count as one observation.</summary>
public static class Clusters
{
    /// <summary>
    /// The variance of a sum of row contributions with mean zero, when only groups are independent:
    /// G / (G - 1) times the sum of squared group sums; NaN with one group.
    /// </summary>
    public static double VarianceOfSum(int rows, Func<int, double> contribution, int[] groups)
    {
        var sums = new Dictionary<int, double>();
        for (var i = 0; i < rows; i++)
        {
            sums[groups[i]] = sums.GetValueOrDefault(groups[i]) + contribution(i);
        }

        var count = (double)sums.Count;
        return count < 2 ? double.NaN : count / (count - 1) * sums.OrderBy(pair => pair.Key).Sum(pair => pair.Value * pair.Value);
    }

    /// <summary>How many independent observations rows amount to.</summary>
    public static int Count(int rows, int[]? groups) => groups is null ? rows : groups.Distinct().Count();
}
