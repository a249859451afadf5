using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Agriculture.Yield;

internal sealed class Field
{
    [LoadColumn(0)] public float Rain { get; set; }
    [LoadColumn(1)] public float Nitrogen { get; set; }
    [LoadColumn(2)] public float Sun { get; set; }
    [LoadColumn(3)] public float Tonnes { get; set; }
}

internal sealed class YieldModels
{
    private readonly MLContext _context = new(seed: 12);

    internal Dictionary<string, RegressionMetrics> Judge(string path)
    {
        var rows = _context.Data.LoadFromTextFile<Field>(path, ',', hasHeader: true);
        var split = _context.Data.TrainTestSplit(rows, 0.2);
        var prep = _context.Transforms.Concatenate("Features", nameof(Field.Rain), nameof(Field.Nitrogen), nameof(Field.Sun))
            .Append(_context.Transforms.NormalizeMeanVariance("Features"))
            .Fit(split.TrainSet);
        var train = _context.Data.Cache(prep.Transform(split.TrainSet));
        var test = prep.Transform(split.TestSet);

        var sdca = _context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = nameof(Field.Tonnes), NumberOfThreads = 1, MaximumNumberOfIterations = 100,
        }).Fit(train);
        var ogd = _context.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
        {
            LabelColumnName = nameof(Field.Tonnes), LearningRate = 0.01f, NumberOfIterations = 30,
        }).Fit(train);
        var poisson = _context.Regression.Trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options
        {
            LabelColumnName = nameof(Field.Tonnes), NumberOfThreads = 1,
        }).Fit(train);

        Console.WriteLine("sdca weights: " + string.Join(", ", sdca.Model.Weights));
        return new()
        {
            ["sdca"] = _context.Regression.Evaluate(sdca.Transform(test), nameof(Field.Tonnes)),
            ["ogd"] = _context.Regression.Evaluate(ogd.Transform(test), nameof(Field.Tonnes)),
            ["poisson"] = _context.Regression.Evaluate(poisson.Transform(test), nameof(Field.Tonnes)),
        };
    }
}
