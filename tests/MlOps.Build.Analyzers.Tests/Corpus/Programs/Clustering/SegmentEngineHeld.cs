using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fitness.Segments;

public sealed class Athlete
{
    public float Runs { get; set; }
    public float Rides { get; set; }
    public float Swims { get; set; }
}

public sealed class Cluster
{
    public uint PredictedLabel { get; set; }
}

public sealed class AthleteSegments : IDisposable
{
    private readonly PredictionEngine<Athlete, Cluster> engine;

    public AthleteSegments(IEnumerable<Athlete> athletes, int seed)
    {
        var ml = new MLContext(seed);
        var rows = ml.Data.LoadFromEnumerable(athletes.ToList());
        var model = ml.Transforms.Concatenate("Features", nameof(Athlete.Runs), nameof(Athlete.Rides), nameof(Athlete.Swims))
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .Append(ml.Clustering.Trainers.KMeans(numberOfClusters: 4))
            .Fit(rows);
        engine = ml.Model.CreatePredictionEngine<Athlete, Cluster>(model);
    }

    public uint Of(Athlete athlete) => engine.Predict(athlete).PredictedLabel;

    public void Dispose() => engine.Dispose();
}
