using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Forestry;

public class Plot
{
    [LoadColumn(0)] public float Elevation { get; set; }
    [LoadColumn(1)] public float Slope { get; set; }
    [LoadColumn(2)] public float Shade { get; set; }
    [LoadColumn(3)] public string Cover { get; set; }
}

public class CoverTypes
{
    private static readonly string[] Inputs = { nameof(Plot.Elevation), nameof(Plot.Slope), nameof(Plot.Shade) };

    private readonly MLContext mlContext;

    public CoverTypes(int seed)
    {
        mlContext = new MLContext(seed);
    }

    public void Compare(string csv)
    {
        var data = mlContext.Data.LoadFromTextFile<Plot>(csv, separatorChar: ',', hasHeader: true);
        var trainers = mlContext.MulticlassClassification.Trainers;
        IEstimator<ITransformer>[] estimators =
        {
            trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { MaximumNumberOfIterations = 50 }),
            trainers.SdcaNonCalibrated(new SdcaNonCalibratedMulticlassTrainer.Options { Loss = new HingeLoss() }),
            trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { L2Regularization = 0.1f }),
            trainers.LightGbm(new LightGbmMulticlassTrainer.Options { NumberOfLeaves = 40, UseSoftmax = true }),
            trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.AveragedPerceptron()),
            trainers.PairwiseCoupling(mlContext.BinaryClassification.Trainers.LinearSvm()),
            trainers.NaiveBayes(),
        };

        foreach (var estimator in estimators)
        {
            var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Plot.Cover))
                .Append(mlContext.Transforms.Concatenate("Features", Inputs))
                .Append(mlContext.Transforms.NormalizeMinMax("Features"))
                .Append(estimator);
            var results = mlContext.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 3);
            Console.WriteLine("{0,-40} {1:F3}", estimator.GetType().Name, results.Average(r => r.Metrics.MacroAccuracy));
        }
    }
}
