using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>Picks the rows of a slice or group to be changed.</summary>
internal static class SliceChoice
{
    /// <summary>The slice in the middle by size, among those that the policy judges: one slice must be seen that hardly moves the whole.</summary>
    public static int[]? Middle(Scores scores, bool sensitiveFirst)
    {
        var columns = scores.Slices.OrderByDescending(column => column.Sensitive == sensitiveFirst).ToList();
        return columns.Select(column => Middle(Judged(scores, column))).FirstOrDefault(rows => rows is not null);
    }

    /// <summary>The slice with the largest mean error, among those that the policy judges.</summary>
    public static int[]? Weakest(Scores scores)
        => scores.Slices.SelectMany(column => Judged(scores, column)).MaxBy(rows => rows.Average(row => Error(scores, row)));

    private static int[]? Middle(List<int[]> slices)
        => slices.Count == 0 ? null : slices.OrderBy(rows => rows.Length).ElementAt(slices.Count / 2);

    /// <summary>A column with one value is no slice of anything.</summary>
    private static List<int[]> Judged(Scores scores, SliceColumn column)
    {
        var slices = Enumerable.Range(0, scores.Rows).GroupBy(row => column.Codes[row]).Select(group => group.ToArray()).ToList();
        return slices.Count < 2 ? [] : [.. slices.Where(rows => rows.Length >= scores.MinimumSupport && Varies(scores, rows))];
    }

    private static bool Varies(Scores scores, int[] rows) => rows.Any(row => scores.Labels[row] != scores.Labels[rows[0]]);

    private static double Error(Scores scores, int row)
    {
        var label = scores.Labels[row];
        return scores.NamesClassesOnly ? (scores.Predictions.Classes![row] == (int)label ? 0 : 1)
            : scores.Task == ModelTask.MulticlassClassification ? 1 - scores.Predictions.Scores[(int)label][row]
            : Math.Abs(scores.Predictions.Scores[0][row] - label);
    }
}
