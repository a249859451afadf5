using System.Globalization;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The groups that a column cuts the holdout into, and which of them have rows enough to be held against each other.</summary>
internal sealed class FairnessGroups
{
    private const int MostNamed = 10;
    private const int MostShown = 100;

    private FairnessGroups(SliceColumn column, int minimumRows, int[][] members, int[] judged)
        => (Column, MinimumRows, Members, Judged) = (column, minimumRows, members, judged);

    public SliceColumn Column { get; }

    public int MinimumRows { get; }

    /// <summary>The rows of each group.</summary>
    public int[][] Members { get; }

    /// <summary>The groups with rows enough, by their place among the column's values.</summary>
    public int[] Judged { get; }

    /// <summary>Whether no row has a value.</summary>
    public bool AreEmpty => Column.Values.All(value => value is null);

    public long JudgedRows => Judged.Sum(group => (long)Members[group].Length);

    public static FairnessGroups Of(SliceColumn column, int minimumRows)
    {
        var members = column.Members();
        return new(
            column,
            minimumRows,
            members,
            [.. Enumerable.Range(0, members.Length).Where(group => members[group].Length >= Math.Max(1, minimumRows))]);
    }

    /// <summary>Groups without the rows that a metric needs are left out of it; this says whether two are left.</summary>
    public bool Define(FairnessDefinition metric, double[] labels)
    {
        var groups = Judged.Select(group =>
        {
            var (some, none) = Members[group].Select(row => labels[row] == 1).Aggregate((false, false), (seen, positive) => (seen.Item1 || positive, seen.Item2 || !positive));
            return new GroupCounts(some ? 1 : 0, none ? 1 : 0, none ? 1 : 0, some ? 1 : 0);
        }).ToArray();
        return !double.IsNaN(metric.Of(groups));
    }

    /// <summary>The groups that documents show: all of them, or the largest, in the order of the column's values.</summary>
    public IEnumerable<int> Shown()
        => Enumerable.Range(0, Members.Length)
            .OrderByDescending(group => Members[group].Length)
            .Take(MostShown)
            .Order();

    /// <summary>The groups that are too small, with their rows; null where there are none.</summary>
    public string? TooSmall()
    {
        int[] left = [.. Enumerable.Range(0, Members.Length).Except(Judged).Where(group => Members[group].Length > 0)];
        if (left.Length == 0)
        {
            return null;
        }

        var named = left.OrderByDescending(group => Members[group].Length).ThenBy(group => group).Take(MostNamed)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{Name(group)} ({Members[group].Length} rows)"));
        var more = left.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {left.Length - MostNamed} more") : string.Empty;
        return string.Join(", ", named) + more;
    }

    public string Name(int group) => Column.Values[group] is { } value ? $"'{value}'" : "'(no value)'";
}
