using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Clinic;

public record VisitDay(float Weekday, float Temperature, float Holiday, float Visits);

public static class VisitForecast
{
    public static float Tomorrow(IEnumerable<VisitDay> history, VisitDay tomorrow)
    {
        var ml = new MLContext(seed: 6);
        var data = ml.Data.LoadFromEnumerable(history.Select(day => new Row
        {
            Weekday = day.Weekday, Temperature = day.Temperature, Holiday = day.Holiday, Visits = day.Visits,
        }));
        var pipeline = ml.Transforms.ReplaceMissingValues(nameof(Row.Temperature), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(ml.Transforms.Concatenate("Features", nameof(Row.Weekday), nameof(Row.Temperature), nameof(Row.Holiday)))
            .AppendCacheCheckpoint(ml)
            .Append(ml.Regression.Trainers.LbfgsPoissonRegression(nameof(Row.Visits), enforceNonNegativity: true));
        using var engine = ml.Model.CreatePredictionEngine<Row, Answer>(pipeline.Fit(data));
        return engine.Predict(new Row { Weekday = tomorrow.Weekday, Temperature = tomorrow.Temperature, Holiday = tomorrow.Holiday }).Score;
    }

    private sealed class Row
    {
        public float Weekday { get; set; }
        public float Temperature { get; set; }
        public float Holiday { get; set; }
        public float Visits { get; set; }
    }

    private sealed class Answer
    {
        public float Score { get; set; }
    }
}
