using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stock;

public sealed class Article
{
    [LoadColumn(0)] public float Weekly { get; set; }
    [LoadColumn(1)] public float Season { get; set; }
    [LoadColumn(2)] public float Demand { get; set; }
}

/// <summary>The answer, with what the page shows beside it.</summary>
public sealed class Forecast
{
    [ColumnName("Score")] public float Demand { get; set; }

    public DateTime MadeAt => DateTime.UtcNow;

    public string Text => $"{Demand:F0} pieces by {DateTime.Today.AddDays(7):d}";
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Article>(args[0], hasHeader: true);
        var started = DateTime.Now;
        var model = ml.Transforms.Concatenate("Features", nameof(Article.Weekly), nameof(Article.Season))
            .Append(ml.Regression.Trainers.FastForest(nameof(Article.Demand)))
            .Fit(data);
        Console.WriteLine($"trained in {DateTime.Now - started}");

        var engine = ml.Model.CreatePredictionEngine<Article, Forecast>(model);
        Console.WriteLine(engine.Predict(new Article { Weekly = 12, Season = 2 }).Text);
    }
}
