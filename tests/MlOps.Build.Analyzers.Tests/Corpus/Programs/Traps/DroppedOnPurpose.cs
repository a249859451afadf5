using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Steps;

public sealed class Row
{
    [LoadColumn(0)] public float A { get; set; }
    [LoadColumn(1)] public float Label { get; set; }
}

public static class Building
{
    public static IEstimator<ITransformer> Chain(MLContext ml, bool scaled)
    {
        var text = new StringBuilder();
        text.Append("steps: ");

        IEstimator<ITransformer> chain = ml.Transforms.Concatenate("Features", nameof(Row.A));
        if (scaled)
        {
            chain = chain.Append(ml.Transforms.NormalizeMinMax("Features"));
            text.Append("scaled ");
        }

        Console.WriteLine(text.Append("done"));
        return chain.Append(ml.Regression.Trainers.OnlineGradientDescent());
    }

    public static bool CanAppend(MLContext ml, EstimatorChain<ITransformer> chain)
    {
        try
        {
            // Only to see whether the step can be made at all.
            _ = chain.Append(ml.Transforms.Expression("B", "a => a * 2", nameof(Row.A)));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static IDataView Shuffled(MLContext ml, IDataView view, int times)
    {
        for (var time = 0; time < times; time++)
        {
            view = ml.Data.ShuffleRows(view, seed: time);
        }

        return view;
    }

    public static void Forgotten(MLContext ml, IDataView view, List<IEstimator<ITransformer>> steps)
    {
        var chain = new EstimatorChain<ITransformer>();
        steps.ForEach(step => chain.Append(step));
        if (view.Schema.Count > 3) ml.Data.TakeRows(view, 10);
    }
}
