using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace Reviews;

public class Review
{
    [LoadColumn(0)] public float Stars { get; set; }
    [LoadColumn(1)] public string Text { get; set; }
}

public static class NgramRegression
{
    public static IEstimator<ITransformer> Words(TransformsCatalog.TextTransforms text) =>
        text.NormalizeText("Clean", nameof(Review.Text), TextNormalizingEstimator.CaseMode.Lower, keepDiacritics: false, keepNumbers: false)
            .Append(text.TokenizeIntoWords("Tokens", "Clean", separators: [' ', '\t', '/']))
            .Append(text.RemoveDefaultStopWords("Tokens", language: StopWordsRemovingEstimator.Language.English))
            .Append(text.RemoveStopWords("Tokens", stopwords: ["movie", "film"]));

    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 2024);
        var text = ml.Transforms.Text;
        var reviews = ml.Data.LoadFromTextFile<Review>("reviews.tsv", hasHeader: true);
        var (train, test) = Parts(ml.Data.TrainTestSplit(reviews, 0.2));

        var counted = Words(text)
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(text.ProduceNgrams("Features", "Tokens", ngramLength: 2, weighting: NgramExtractingEstimator.WeightingCriteria.TfIdf))
            .Append(ml.Regression.Trainers.LbfgsPoissonRegression(labelColumnName: nameof(Review.Stars)));
        var hashed = Words(text)
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(text.ProduceHashedNgrams("Features", "Tokens", numberOfBits: 14, ngramLength: 3))
            .Append(ml.Regression.Trainers.OnlineGradientDescent(labelColumnName: nameof(Review.Stars)));

        Console.WriteLine($"counted: {Error(ml, counted.Fit(train), test):F3}");
        Console.WriteLine($"hashed:  {Error(ml, hashed.Fit(train), test):F3}");
    }

    private static (IDataView, IDataView) Parts(DataOperationsCatalog.TrainTestData split) => (split.TrainSet, split.TestSet);

    private static double Error(MLContext ml, ITransformer model, IDataView test) =>
        ml.Regression.Evaluate(model.Transform(test), labelColumnName: nameof(Review.Stars)).MeanAbsoluteError;
}
