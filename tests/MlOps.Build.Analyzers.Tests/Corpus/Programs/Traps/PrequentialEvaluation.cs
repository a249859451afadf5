using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stream.Prices;

public sealed record Tick(float Bid, float Ask, float Next);

public static class Walk
{
    /// <summary>Each month judges the model of the months before, and is learned afterwards.</summary>
    public static IEnumerable<double> Forward(MLContext ml, IEnumerable<IReadOnlyList<Tick>> months)
    {
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Tick.Bid), nameof(Tick.Ask))
            .Append(ml.Regression.Trainers.OnlineGradientDescent(nameof(Tick.Next)));
        var seen = new List<Tick>();
        ITransformer model = null;
        foreach (var month in months)
        {
            var rows = ml.Data.LoadFromEnumerable(month);
            if (model is not null)
            {
                yield return ml.Regression.Evaluate(model.Transform(rows), nameof(Tick.Next)).MeanAbsoluteError;
            }

            seen.AddRange(month);
            model = pipeline.Fit(ml.Data.LoadFromEnumerable(seen));
        }
    }

    public static (double Before, double After) Shift(MLContext ml, IDataView old, IDataView fresh)
    {
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Tick.Bid)).Append(ml.Regression.Trainers.FastForest(nameof(Tick.Next)));
        var (first, second) = (pipeline.Fit(old), pipeline.Fit(fresh));
        var crossed = ml.Regression.Evaluate(first.Transform(fresh), nameof(Tick.Next)).RSquared;
        var back = ml.Regression.Evaluate(second.Transform(old), nameof(Tick.Next)).RSquared;
        return (crossed, back);
    }
}
