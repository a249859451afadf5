using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Solar;

public sealed class Panel
{
    [LoadColumn(0)] public float Irradiance { get; set; }
    [LoadColumn(1)] public float Tilt { get; set; }
    [LoadColumn(2)] public float Ambient { get; set; }
    [LoadColumn(3)] public float Output { get; set; }
}

public static class Program
{
    public static void Main()
    {
        MLContext ml = new(seed: 17);
        TextLoader loader = ml.Data.CreateTextLoader<Panel>(separatorChar: ',', hasHeader: true);
        IDataView view = loader.Load("panels-2024.csv", "panels-2025.csv");

        var pipeline = ml.Transforms.Expression("Effective", "(i, t) => i * cos(t * 0.0174533)", nameof(Panel.Irradiance), nameof(Panel.Tilt))
            .Append(ml.Transforms.Expression("Warm", "(a) => a > 25 ? a - 25 : 0", nameof(Panel.Ambient)))
            .Append(ml.Transforms.Concatenate("Features", "Effective", "Warm", nameof(Panel.Output)))
            .Append(ml.Transforms.SelectColumns("Features", nameof(Panel.Output)))
            .Append(ml.Regression.Trainers.LbfgsPoissonRegression(labelColumnName: nameof(Panel.Output)));

        var model = pipeline.Fit(view);
        var metrics = ml.Regression.Evaluate(model.Transform(view), labelColumnName: nameof(Panel.Output));
        Console.WriteLine($"R2 = {metrics.RSquared}");
    }
}
