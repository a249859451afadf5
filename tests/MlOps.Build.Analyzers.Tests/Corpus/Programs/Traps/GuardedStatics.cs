using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Library.Sentiment;

public sealed class Comment
{
    public string Text { get; set; }
}

public sealed class Mood
{
    public float Probability { get; set; }
}

/// <summary>A library: anybody may call it from anywhere.</summary>
public static class Moods
{
    private static readonly MLContext Ml = new();
    private static readonly Lock Gate = new();
    private static readonly PredictionEngine<Comment, Mood> Locked = Make();
    private static readonly ThreadLocal<PredictionEngine<Comment, Mood>> Own = new(Make);
    private static readonly PredictionEngine<Comment, Mood> Open = Make();

    public static float OfLocked(string text)
    {
        lock (Gate)
        {
            return Locked.Predict(new Comment { Text = text }).Probability;
        }
    }

    public static float OfOwn(string text) => Own.Value.Predict(new Comment { Text = text }).Probability;

    public static float OfOpen(string text) => Open.Predict(new Comment { Text = text }).Probability;

    private static PredictionEngine<Comment, Mood> Make() =>
        Ml.Model.CreatePredictionEngine<Comment, Mood>(Ml.Model.Load("moods.zip", out _));
}
