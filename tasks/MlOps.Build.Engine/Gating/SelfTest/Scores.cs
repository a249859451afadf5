using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>
/// The predictions of one training beside the labels, and the ways to rewrite them that make sense for every task: classes as
/// logarithms of their weights, one predicted class a row, or one number a row.
/// </summary>
internal sealed class Scores(EvaluationInput input, Predictions predictions)
{
    private const double Least = 1e-6;

    public ModelTask Task => input.Task;

    public double[] Labels => input.Holdout.Labels;

    public Predictions Predictions => predictions;

    public int Rows => Labels.Length;

    public int Classes => input.Holdout.Classes.Count;

    public IReadOnlyList<SliceColumn> Slices => input.Holdout.Slices;

    /// <summary>Rows of a slice need as many as the policy judges.</summary>
    public int MinimumSupport => input.Policy.MinimumSupport;

    public bool IsRegression => Task == ModelTask.Regression;

    /// <summary>Whether the model names classes without a probability.</summary>
    public bool NamesClassesOnly => predictions is { Scores.Length: 0, Classes: not null };

    /// <summary>The class that a damage of one class is done to: the positive one, or the first with the fewest rows that come at all.</summary>
    public int RareClass => Task == ModelTask.BinaryClassification ? 1 : Counts().Select((count, place) => (count, place)).Where(item => item.count > 0).MinBy(item => item.count).place;

    public int FrequentClass => Array.IndexOf(Counts(), Counts().Max());

    public double LabelSpread => Math.Sqrt(MeanVariance.Of(Labels));

    /// <summary>Rewrites what is said of each row that is asked for.</summary>
    /// <param name="weights">Classification: changes the logarithms of the weights of a row in place.</param>
    /// <param name="number">Regression: the new prediction of a row.</param>
    /// <param name="named">The new class of a row, for a model that names classes only; null where it cannot be changed so.</param>
    /// <param name="only">The rows; null: all.</param>
    public Predictions? Rewrite(Action<int, double[]> weights, Func<int, double, double>? number, Func<int, int, int>? named, IEnumerable<int>? only = null)
    {
        var rows = only ?? Enumerable.Range(0, Rows);
        if (NamesClassesOnly)
        {
            return named is null ? null : predictions with { Classes = Copy(predictions.Classes!, rows, named) };
        }

        if (IsRegression)
        {
            return number is null ? null : new([Copy(predictions.Scores[0], rows, number)]);
        }

        double[][] columns = [.. predictions.Scores.Select(column => (double[])column.Clone())];
        var row = new double[Math.Max(2, Classes)];
        foreach (var place in rows)
        {
            Read(columns, place, row);
            weights(place, row);
            Write(columns, place, row);
        }

        return new(columns);
    }

    /// <summary>Takes the prediction of another row for each row that is asked for.</summary>
    public Predictions Take(Func<int, int> other) => predictions.Select([.. Enumerable.Range(0, Rows).Select(other)]);

    private int[] Counts()
    {
        var counts = new int[Math.Max(2, Classes)];
        foreach (var label in Labels)
        {
            counts[(int)label]++;
        }

        return counts;
    }

    private static T[] Copy<T>(T[] column, IEnumerable<int> rows, Func<int, T, T> change)
    {
        var copy = (T[])column.Clone();
        foreach (var row in rows)
        {
            copy[row] = change(row, copy[row]);
        }

        return copy;
    }

    private static void Read(double[][] columns, int place, double[] row)
    {
        if (columns.Length == 1)
        {
            var p = Math.Clamp(columns[0][place], Least, 1 - Least);
            (row[0], row[1]) = (Math.Log(1 - p), Math.Log(p));
            return;
        }

        for (var k = 0; k < columns.Length; k++)
        {
            row[k] = Math.Log(Math.Max(Least, columns[k][place]));
        }
    }

    private static void Write(double[][] columns, int place, double[] row)
    {
        var most = row.Max();
        var sum = row.Sum(weight => Math.Exp(weight - most));
        for (var k = 0; k < row.Length; k++)
        {
            var share = Math.Exp(row[k] - most) / sum;
            if (columns.Length > 1)
            {
                columns[k][place] = share;
            }
            else if (k == 1)
            {
                columns[0][place] = share;
            }
        }
    }
}
