using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Newsroom;

public sealed class Article
{
    public string Title { get; init; }
    public string Text { get; init; }
}

public sealed class ArticleTopics
{
    public string Title { get; set; }
    public float[] Topics { get; set; }
}

/// <summary>Sorts articles into topics nobody has named beforehand.</summary>
public sealed class TopicFinder : IDisposable
{
    private readonly MLContext ml = new(seed: 0);
    private readonly PredictionEngine<Article, ArticleTopics> engine;

    public TopicFinder(IEnumerable<Article> archive, int topics)
    {
        var view = ml.Data.LoadFromEnumerable(archive);
        var pipeline = ml.Transforms.Text.NormalizeText("Normal", nameof(Article.Text))
            .Append(ml.Transforms.Text.TokenizeIntoWords("Tokens", "Normal"))
            .Append(ml.Transforms.Text.RemoveDefaultStopWords("Tokens"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(ml.Transforms.Text.ProduceNgrams("Tokens"))
            .Append(ml.Transforms.Text.LatentDirichletAllocation("Topics", "Tokens", numberOfTopics: topics, numberOfThreads: 1));
        engine = ml.Model.CreatePredictionEngine<Article, ArticleTopics>(pipeline.Fit(view));
    }

    public int TopicOf(string text)
    {
        var answer = engine.Predict(new Article { Title = "", Text = text });
        return Array.IndexOf(answer.Topics, answer.Topics.Max());
    }

    public void Dispose() => engine.Dispose();
}
