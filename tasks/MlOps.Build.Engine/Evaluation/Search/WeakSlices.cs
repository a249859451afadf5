using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>
/// Looks for slices in which the challenger is worse than the baseline: the paired difference of a loss per row in every slice of
/// every column, Student's t with the noise between trainings, and Holm over all of them (Holm 1979). Of slices that share their
/// rows only those are named that stay worse without the rows of the ones before. It informs and judges nothing.
/// </summary>
internal static class WeakSlices
{
    private const int MostFound = 10;
    private const int MostCandidates = 40;
    private const int MostNamed = 50;

    /// <summary>Null where there is nothing to compare or to look in.</summary>
    public static WeakSliceSearch? Of(EvaluatedRows rows, EvaluationInput input, bool hasScores)
    {
        if (input.Holdout.Searched is not { } searched || !rows.HasBaseline || input.NoChange)
        {
            return null;
        }

        var metric = MetricCatalogue.Find(input.Task, Loss(input.Task, hasScores))!;
        var compared = new SliceGains(rows, metric, input.Policy);
        var slices = searched.Columns.SelectMany(compared.Of).ToList();
        var level = 1 - input.Policy.Confidence;
        var worse = slices.Zip(Holm.Adjust([.. slices.Select(slice => slice.HarmPValue)]))
            .Where(pair => pair.Second < level && pair.First.Estimate.Value < 0)
            .Select(pair => pair.First with { AdjustedPValue = pair.Second })
            .OrderBy(slice => slice.Strength)
            .ToList();
        var found = OnTheirOwn(worse.Take(MostCandidates), compared, rows.Count, level).ToList();
        return new()
        {
            Metric = metric.Name,
            Columns = searched.Columns.Count,
            Slices = slices.Count,
            Worse = worse.Count,
            LeftOut = [.. searched.LeftOut.Take(MostNamed)],
            Found = [.. found.OrderBy(slice => slice.Estimate.Value).Select(slice => slice.Document())],
        };
    }

    /// <summary>The strongest first; each takes its rows away from those after it.</summary>
    private static IEnumerable<SliceGain> OnTheirOwn(IEnumerable<SliceGain> worse, SliceGains compared, int rows, double level)
    {
        var taken = new bool[rows];
        var candidates = worse.ToList();
        for (var found = 0; found < MostFound && candidates.Count > 0; found++)
        {
            var strongest = candidates[0];
            yield return strongest;
            foreach (var row in SliceGains.Members(strongest.Column, strongest.Place))
            {
                taken[row] = true;
            }

            candidates = [.. candidates.Skip(1).Where(slice => compared.Without(slice, taken) is { Estimate.Value: < 0 } left && left.HarmPValue < level)];
        }
    }

    private static string Loss(ModelTask task, bool hasScores)
        => task == ModelTask.Regression ? "mae" : hasScores ? "log-loss" : "accuracy";
}
