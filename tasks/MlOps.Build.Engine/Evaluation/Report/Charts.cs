using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Points for the charts, from the first replicate of each side.</summary>
internal static class Charts
{
    private const int MostPoints = 200;
    private const int CalibrationBins = 10;
    private const int ResidualBins = 20;

    public static EvaluationCharts Of(EvaluatedRows rows) => rows.Task switch
    {
        ModelTask.BinaryClassification => new()
        {
            RocChallenger = Roc(rows, baseline: false),
            RocBaseline = rows.HasBaseline ? Roc(rows, baseline: true) : [],
            Calibration = Calibration(rows.Labels, rows.Challenger[0].Scores[0]),
            Residuals = [],
            Confusion = Confusion(rows, rows.Challenger[0]),
            ScoresChallenger = ScoreBins.Of(rows.Labels, rows.Challenger[0].Scores[0]),
            ScoresBaseline = rows.HasBaseline ? ScoreBins.Of(rows.Labels, rows.Baseline[0].Scores[0]) : null,
        },
        ModelTask.MulticlassClassification => new()
        {
            RocChallenger = [],
            RocBaseline = [],
            Calibration = [],
            Residuals = [],
            Confusion = Confusion(rows, rows.Challenger[0]),
        },
        _ => new()
        {
            RocChallenger = [],
            RocBaseline = [],
            Calibration = [],
            Residuals = Residuals(rows.Labels, rows.Challenger[0].Scores[0]),
            Confusion = [],
        },
    };

    private static ChartPoint[] Roc(EvaluatedRows rows, bool baseline)
    {
        var packed = rows.Scored(baseline, 0).Order.Packed;
        var positives = rows.Labels.Count(label => label == 1);
        var negatives = rows.Count - positives;
        var curve = new List<ChartPoint> { new(0, 0) };
        int found = 0, wrong = 0;
        for (var i = packed.Length - 1; i >= 0; i--)
        {
            _ = RankOrder.IsPositive(packed[i]) ? found++ : wrong++;
            if (i == 0 || RankOrder.IsLastOfTie(packed[i - 1]))
            {
                curve.Add(new((double)wrong / negatives, (double)found / positives));
            }
        }

        var count = Math.Min(MostPoints, curve.Count);
        return [.. Enumerable.Range(0, count).Select(i => curve[(int)((long)i * (curve.Count - 1) / Math.Max(1, count - 1))])];
    }

    private static CalibrationBin[] Calibration(double[] labels, double[] scores)
        => [.. scores
            .Select((score, row) => (Bin: Math.Min((int)(score * CalibrationBins), CalibrationBins - 1), Score: score, Label: labels[row]))
            .GroupBy(item => item.Bin)
            .OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(bin.Average(item => item.Score), bin.Average(item => item.Label), bin.Count()))];

    private static ResidualBin[] Residuals(double[] labels, double[] values)
    {
        var order = ScoreOrder.Of(values);
        var bins = Math.Min(ResidualBins, order.Length);
        return [.. Enumerable.Range(0, bins).Select(bin =>
        {
            var start = (int)((long)bin * order.Length / bins);
            var end = (int)((long)(bin + 1) * order.Length / bins);
            var rows = order.AsSpan(start, end - start).ToArray();
            double[] residuals = [.. rows.Select(row => labels[row] - values[row]).Order()];
            return new ResidualBin(
                rows.Average(row => values[row]),
                Quantiles.Of(residuals, 0.1),
                Quantiles.Of(residuals, 0.5),
                Quantiles.Of(residuals, 0.9),
                rows.Length);
        })];
    }

    /// <summary>Rows by truth and predicted class.</summary>
    public static long[][] Confusion(EvaluatedRows rows, Predictions predictions)
        => rows.Task == ModelTask.BinaryClassification
            ? Confusion(rows.Labels, predictions.Scores[0].Select(score => score >= rows.ThresholdOf(predictions) ? 1 : 0), 2)
            : Confusion(rows.Labels, MulticlassRows.Predicted(new(rows.Labels, rows.ClassCount, predictions, rows.Threshold)), rows.ClassCount);

    private static long[][] Confusion(double[] labels, IEnumerable<int> predicted, int classes)
    {
        long[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new long[classes])];
        foreach (var (category, row) in predicted.Select((category, row) => (category, row)))
        {
            counts[(int)labels[row]][category]++;
        }

        return counts;
    }
}
