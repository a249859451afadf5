using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace Rowwise;

public sealed class Post
{
    [LoadColumn(0)] public string Text { get; set; }
    [LoadColumn(1)] public string Forum { get; set; }
    [LoadColumn(2)] public float Votes { get; set; }
    [LoadColumn(3)] public string Kind { get; set; }
}

/// <summary>Nothing here looks at another row than its own, so the split may come afterwards.</summary>
public static class Preparation
{
    public static double Run(MLContext ml, string file)
    {
        var posts = ml.Data.LoadFromTextFile<Post>(file, hasHeader: true);
        var steps = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Post.Kind), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.Text.NormalizeText("Clean", nameof(Post.Text)))
            .Append(ml.Transforms.Text.TokenizeIntoWords("Words", "Clean"))
            .Append(ml.Transforms.Text.RemoveDefaultStopWords("Words"))
            .Append(ml.Transforms.Text.ApplyWordEmbedding("Meaning", "Words", WordEmbeddingEstimator.PretrainedModelKind.GloVe50D))
            .Append(ml.Transforms.Text.ProduceHashedWordBags("Bag", "Clean", numberOfBits: 12))
            .Append(ml.Transforms.Categorical.OneHotHashEncoding("ForumKind", nameof(Post.Forum), numberOfBits: 6))
            .Append(ml.Transforms.ReplaceMissingValues(nameof(Post.Votes)))
            .Append(ml.Transforms.Concatenate("Features", "Meaning", "Bag", "ForumKind", nameof(Post.Votes)))
            .Append(ml.Transforms.NormalizeLpNorm("Features"))
            .Append(ml.Transforms.NormalizeGlobalContrast("Features"))
            .Append(ml.Transforms.SelectColumns("Label", "Features"));
        var prepared = ml.Data.Cache(steps.Fit(posts).Transform(posts));

        var split = ml.Data.TrainTestSplit(prepared, testFraction: 0.2);
        var model = ml.MulticlassClassification.Trainers.NaiveBayes().Fit(split.TrainSet);
        return ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).LogLoss;
    }
}
