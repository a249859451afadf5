using System.Numerics.Tensors;
using Microsoft.ML.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>The answer of a binary model, as its scorer gives it.</summary>
/// <param name="Prediction">Whether the probability reaches the threshold that the model was judged at, 0.5 where its package names none.</param>
/// <param name="Probability">The probability of the positive class.</param>
public sealed record BinaryAnswer(bool Prediction, float Probability);

/// <summary>The answer of a model with several classes, as its scorer gives it.</summary>
/// <param name="Prediction">The class with the highest score.</param>
/// <param name="Scores">The score of each class.</param>
public sealed record ClassAnswer(string Prediction, IReadOnlyDictionary<string, float> Scores);

/// <summary>The answer of a regression, as its scorer gives it.</summary>
/// <param name="Prediction">The number.</param>
public sealed record NumberAnswer(float Prediction);

/// <summary>What ML.NET gives for a binary model.</summary>
public sealed class BinaryPrediction
{
    /// <summary>The probability of the positive class.</summary>
    public float Probability { get; set; }
}

/// <summary>What ML.NET gives for a model with several classes.</summary>
public sealed class ClassPrediction
{
    /// <summary>One score a class, in the order of the model's classes.</summary>
    [ColumnName("Score")]
    public float[] Scores { get; set; } = [];
}

/// <summary>What ML.NET gives for a regression.</summary>
public sealed class NumberPrediction
{
    /// <summary>The number.</summary>
    [ColumnName("Score")]
    public float Value { get; set; }
}

/// <summary>From what ML.NET gives to what a scorer gives.</summary>
internal static class Answers
{
    public static BinaryAnswer Of(BinaryPrediction prediction, double threshold) => new(prediction.Probability >= threshold, prediction.Probability);

    public static NumberAnswer Of(NumberPrediction prediction) => new(prediction.Value);

    public static ClassAnswer Of(ClassPrediction prediction, ModelSchema? schema)
    {
        var classes = schema?.Classes ?? [];
        if (classes.Length == 0 || classes.Length != prediction.Scores.Length)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The model gives {prediction.Scores.Length} scores, its schema.json names {classes.Length} classes."));
        }

        var scores = new Dictionary<string, float>(classes.Length, StringComparer.Ordinal);
        for (var i = 0; i < classes.Length; i++)
        {
            scores.Add(classes[i], prediction.Scores[i]);
        }

        return new ClassAnswer(classes[TensorPrimitives.IndexOfMax(prediction.Scores)], scores);
    }
}
