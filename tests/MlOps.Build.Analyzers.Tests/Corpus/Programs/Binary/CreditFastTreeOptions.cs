using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Credit.Scoring;

public class Application
{
    [LoadColumn(0)] public bool Defaulted { get; set; }
    [LoadColumn(1, 12)] [VectorType(12)] public float[] Ratios { get; set; }
    [LoadColumn(13)] public float Weight { get; set; }
}

public class Scorecard
{
    private readonly MLContext _ml = new MLContext(seed: 2024);

    public ITransformer Train(string path)
    {
        IDataView data = _ml.Data.LoadFromTextFile<Application>(path, new TextLoader.Options
        {
            Separators = [';'],
            HasHeader = true,
            DecimalMarker = ',',
        });
        var split = _ml.Data.TrainTestSplit(data, 0.3);

        var options = new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(Application.Defaulted),
            FeatureColumnName = nameof(Application.Ratios),
            ExampleWeightColumnName = nameof(Application.Weight),
            NumberOfTrees = 300,
            NumberOfLeaves = 31,
            LearningRate = 0.05,
            UnbalancedSets = true,
        };
        var model = _ml.BinaryClassification.Trainers.FastTree(options).Fit(split.TrainSet);

        var test = _ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(Application.Defaulted));
        Console.WriteLine(test.ConfusionMatrix.GetFormattedConfusionTable());
        return model;
    }
}
