using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mobile.Games;

public sealed record Settings(string Path, int Seed, double TestFraction);

public sealed class Player
{
    [LoadColumn(0)] public float Sessions { get; set; }
    [LoadColumn(1)] public float Spend { get; set; }
    [LoadColumn(2)] public string Country { get; set; }
    [LoadColumn(3)] public bool Stays { get; set; }
}

public sealed class Retention(Settings settings)
{
    private readonly MLContext ml = new(settings.Seed);

    public double Auc()
    {
        var rows = ml.Data.LoadFromTextFile<Player>(settings.Path, hasHeader: true);
        var split = ml.Data.TrainTestSplit(rows, settings.TestFraction, seed: settings.Seed);
        var prepare = ml.Transforms.Categorical.OneHotEncoding("CountryCode", nameof(Player.Country))
            .Append(ml.Transforms.Concatenate("Features", nameof(Player.Sessions), nameof(Player.Spend), "CountryCode"))
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Fit(split.TrainSet);
        var train = ml.Data.Cache(prepare.Transform(split.TrainSet));
        var test = prepare.Transform(split.TestSet);
        var model = ml.BinaryClassification.Trainers.FastTree(nameof(Player.Stays)).Fit(train);
        return ml.BinaryClassification.Evaluate(model.Transform(test), nameof(Player.Stays)).AreaUnderRocCurve;
    }
}
