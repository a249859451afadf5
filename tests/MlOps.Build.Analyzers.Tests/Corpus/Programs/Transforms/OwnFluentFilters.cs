using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fleet.Preparation;

/// <summary>A mutable list of steps whose methods are named like those of ML.NET, but change the object.</summary>
public sealed class StepList
{
    private readonly List<IEstimator<ITransformer>> steps = [];

    public StepList Append(IEstimator<ITransformer> step)
    {
        steps.Add(step);
        return this;
    }

    public IEstimator<ITransformer> Build() =>
        steps.Skip(1).Aggregate(steps[0], (chain, step) => chain.Append(step));
}

public static class DataViewExtensions
{
    /// <summary>Counts, and says so; returns nothing that would be missed.</summary>
    public static long TakeRows(this IDataView view, TextWriterLike log)
    {
        var count = view.GetRowCount() ?? -1;
        log.Line($"{count} rows");
        return count;
    }
}

public sealed class TextWriterLike(Action<string> write)
{
    public void Line(string text) => write(text);
}

public sealed class Truck
{
    [LoadColumn(0)] public float Mileage { get; set; }
    [LoadColumn(1)] public float Load { get; set; }
    [LoadColumn(2)] public float Consumption { get; set; }
}

public class Preparation
{
    private readonly MLContext ml = new(seed: 11);

    public ITransformer Learn(string path)
    {
        var view = ml.Data.LoadFromTextFile<Truck>(path, separatorChar: ',');
        view.TakeRows(new TextWriterLike(Console.WriteLine));

        var steps = new StepList();
        steps.Append(ml.Transforms.CopyColumns("Label", nameof(Truck.Consumption)));
        steps.Append(ml.Transforms.Concatenate("Features", nameof(Truck.Mileage), nameof(Truck.Load)));
        steps.Append(ml.Transforms.NormalizeMinMax("Features"));
        steps.Append(ml.Regression.Trainers.FastForest());
        return steps.Build().Fit(view);
    }
}
