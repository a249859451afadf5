namespace MlOps.Build.Engine.Evaluating;

/// <summary>A metric bound to labels and predictions: its value for any multiset of the rows.</summary>
/// <remarks>
/// Sorting and other preparation happens once, at binding. A value is then one pass over the rows without
/// allocation, which is what makes thousands of resamples affordable. Values may be taken from several threads.
/// </remarks>
public interface IMetricColumn
{
    /// <summary>The metric when row i counts <c>counts[i]</c> times; NaN where these rows do not define it.</summary>
    double Value(ReadOnlySpan<int> counts);

    /// <summary>
    /// The metric of all rows once without each of the blocks; NaN where what is left does not define it. One walk over the rows where a
    /// metric has one, else a pass for each block. To be asked where all rows define it.
    /// </summary>
    double[] WithoutEach(RowBlocks blocks) => blocks.PassForEach(this);
}

/// <summary>Labels and what one model said about them.</summary>
/// <param name="Labels">As in <see cref="HoldoutColumns.Labels"/>.</param>
/// <param name="ClassCount">Classes of a classification, 0 for regression.</param>
/// <param name="Predictions">What the model said.</param>
/// <param name="Threshold">Binary: the score at or above which a row is predicted positive.</param>
public sealed record ScoredRows(double[] Labels, int ClassCount, Predictions Predictions, double Threshold)
{
    /// <summary>The score of a binary model or the value of a regression.</summary>
    public double[] Score => Predictions.Scores[0];

    /// <summary>Binary: the rows in the order of their scores, sorted once for all metrics of ranks.</summary>
    internal RankOrder Order => field ??= new(Score, row => Labels[row] == 1);

    /// <summary>Binary: truth and prediction of each row.</summary>
    internal ConfusionCells Cells => field ??= new(Labels, Score, Threshold);
}
