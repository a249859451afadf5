using Microsoft.ML;
using Microsoft.ML.Data;

namespace Weather;

public class Observation
{
    public float Pressure { get; set; }
    public float Humidity { get; set; }
    public DateTime TakenAt { get; set; }
    public string Sky { get; set; }
}

public class Features
{
    public float HourSin { get; set; }
    public float HourCos { get; set; }
}

public interface IObservations
{
    IEnumerable<Observation> Between(DateTime from, DateTime to);
}

public sealed class SkyForecast(IObservations observations, MLContext ml)
{
    public ITransformer Train(DateTime until)
    {
        var train = ml.Data.LoadFromEnumerable(observations.Between(until.AddYears(-3), until.AddMonths(-2)));
        var test = ml.Data.LoadFromEnumerable(observations.Between(until.AddMonths(-2), until));

        var pipeline = ml.Transforms.CustomMapping<Observation, Features>(ToCircle, contractName: null)
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(Observation.Sky)))
            .Append(ml.Transforms.Concatenate(
                "Features", nameof(Observation.Pressure), nameof(Observation.Humidity), nameof(Features.HourSin), nameof(Features.HourCos)))
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaNonCalibrated())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(train);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test));
        Console.WriteLine($"{metrics.MacroAccuracy:P0} of skies");
        return model;
    }

    private static void ToCircle(Observation from, Features to)
    {
        var angle = 2 * Math.PI * from.TakenAt.Hour / 24;
        to.HourSin = (float)Math.Sin(angle);
        to.HourCos = (float)Math.Cos(angle);
    }
}
