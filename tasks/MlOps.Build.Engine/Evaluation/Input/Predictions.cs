namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// What one model said about the holdout, in the order of its rows: columns, never row objects.
/// </summary>
/// <param name="Scores">
/// Binary: one column, the probability of the positive class. Multiclass: one column a class in the order of the
/// classes, or none when the model names classes only. Regression: one column, the predicted value.
/// </param>
/// <param name="Classes">Multiclass without scores: the index of the predicted class, else null.</param>
public sealed record Predictions(double[][] Scores, int[]? Classes = null)
{
    /// <summary>Binary: the threshold that was chosen for this model; null: that of the rows.</summary>
    public double? Threshold { get; init; }

    /// <summary>The predictions of some rows.</summary>
    public Predictions Select(int[] rows)
        => this with
        {
            Scores = [.. Scores.Select(column => Columns.Select(column, rows))],
            Classes = Classes is null ? null : Columns.Select(Classes, rows),
        };
}

/// <summary>Picks rows out of columns.</summary>
internal static class Columns
{
    public static T[] Select<T>(T[] column, int[] rows)
    {
        var selected = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            selected[i] = column[rows[i]];
        }

        return selected;
    }
}
