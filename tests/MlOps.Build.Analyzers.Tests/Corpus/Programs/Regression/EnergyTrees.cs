using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Energy.Load;

public sealed record Hour
{
    [LoadColumn(0)] public float Temperature { get; init; }
    [LoadColumn(1)] public float HourOfDay { get; init; }
    [LoadColumn(2)] public float Weekday { get; init; }
    [LoadColumn(3)] public float Megawatts { get; init; }
}

public sealed class LoadForecast
{
    private const string Label = nameof(Hour.Megawatts);
    private readonly MLContext ml;

    public LoadForecast(int seed) => ml = new MLContext(seed);

    public IReadOnlyList<(string Name, double Error)> Compare(string trainFile, string validationFile)
    {
        var loader = ml.Data.CreateTextLoader<Hour>(separatorChar: ';', hasHeader: true);
        var train = ml.Data.Cache(loader.Load(trainFile));
        var validation = loader.Load(validationFile);
        var trainers = ml.Regression.Trainers;
        var results = new List<(string, double)>();

        Add("tree", trainers.FastTree(new FastTreeRegressionTrainer.Options { LabelColumnName = Label, NumberOfTrees = 500, LearningRate = 0.1 }));
        Add("forest", trainers.FastForest(new FastForestRegressionTrainer.Options { LabelColumnName = Label, NumberOfTrees = 200 }));
        Add("tweedie", trainers.FastTreeTweedie(new FastTreeTweedieTrainer.Options { LabelColumnName = Label, Index = 1.3 }));
        Add("gam", trainers.Gam(new GamRegressionTrainer.Options { LabelColumnName = Label, NumberOfIterations = 2000 }));
        return results;

        void Add(string name, IEstimator<ITransformer> trainer)
        {
            var model = ml.Transforms.Concatenate("Features", nameof(Hour.Temperature), nameof(Hour.HourOfDay), nameof(Hour.Weekday))
                .Append(trainer)
                .Fit(train);
            results.Add((name, ml.Regression.Evaluate(model.Transform(validation), Label).MeanAbsoluteError));
        }
    }
}
