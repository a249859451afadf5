using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ads;

public sealed class View
{
    public float Age { get; set; }
    public float Hour { get; set; }
}

public sealed class ClickRate
{
    public float Probability { get; set; }
}

public static class Scoring
{
    public static float[] Wrong(MLContext ml, ITransformer model, IReadOnlyList<View> views)
    {
        var engine = ml.Model.CreatePredictionEngine<View, ClickRate>(model);
        var rates = new float[views.Count];
        Parallel.For(0, views.Count, i => rates[i] = engine.Predict(views[i]).Probability);
        return rates;
    }

    public static List<float> WrongToo(PredictionEngine<View, ClickRate> engine, IEnumerable<View> views) =>
        views.AsParallel().AsOrdered().Select(view => engine.Predict(view).Probability).ToList();

    public static float[] PerThread(MLContext ml, ITransformer model, IReadOnlyList<View> views)
    {
        var rates = new float[views.Count];
        Parallel.For(
            0, views.Count,
            () => ml.Model.CreatePredictionEngine<View, ClickRate>(model),
            (i, _, engine) =>
            {
                rates[i] = engine.Predict(views[i]).Probability;
                return engine;
            },
            _ => { });
        return rates;
    }

    public static async Task<float[]> OneTaskEach(MLContext ml, ITransformer model, IEnumerable<View[]> parts)
    {
        var tasks = parts.Select(part => Task.Run(() =>
        {
            var engine = ml.Model.CreatePredictionEngine<View, ClickRate>(model);
            return part.Select(view => engine.Predict(view).Probability).ToArray();
        }));
        return (await Task.WhenAll(tasks)).SelectMany(rates => rates).ToArray();
    }

    public static float[] InBulk(MLContext ml, ITransformer model, IEnumerable<View> views) =>
        model.Transform(ml.Data.LoadFromEnumerable(views)).GetColumn<float>("Probability").ToArray();
}
