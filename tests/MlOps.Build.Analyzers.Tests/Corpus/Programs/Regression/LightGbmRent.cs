using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Rents;

class Flat
{
    [LoadColumn(0)] public float SquareMetres { get; set; }
    [LoadColumn(1)] public float Floor { get; set; }
    [LoadColumn(2)] public float YearBuilt { get; set; }
    [LoadColumn(3)] public float Rent { get; set; }
}

class RentTrainer
{
    const int Seed = 7;
    const int Rounds = 400;
    readonly MLContext ml = new MLContext(Seed);

    public void Train(string folder)
    {
        var data = ml.Data.LoadFromTextFile<Flat>(Path.Combine(folder, "flats.tsv"), hasHeader: true);
        var outer = ml.Data.TrainTestSplit(data, testFraction: 0.2);
        var inner = ml.Data.TrainTestSplit(outer.TrainSet, testFraction: 0.2);

        var features = ml.Transforms.Concatenate("Features", nameof(Flat.SquareMetres), nameof(Flat.Floor), nameof(Flat.YearBuilt));
        var prepared = features.Fit(inner.TrainSet);
        var trainer = ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            LabelColumnName = nameof(Flat.Rent),
            EvaluationMetric = LightGbmRegressionTrainer.Options.EvaluateMetricType.MeanAbsoluteError,
            EarlyStoppingRound = 25,
            NumberOfIterations = Rounds,
            NumberOfLeaves = 31,
            MinimumExampleCountPerLeaf = 20,
            LearningRate = 0.05,
            UseCategoricalSplit = false,
            Seed = Seed,
            Deterministic = true,
            NumberOfThreads = 1,
        });
        var booster = trainer.Fit(prepared.Transform(inner.TrainSet), prepared.Transform(inner.TestSet));
        var metrics = ml.Regression.Evaluate(booster.Transform(prepared.Transform(outer.TestSet)), nameof(Flat.Rent));
        Console.WriteLine($"MAE {metrics.MeanAbsoluteError:F0} EUR");
    }
}
