using System;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Spike;

public class Row
{
    [LoadColumn(0)] public float X { get; set; }
    [LoadColumn(1)] public float Y { get; set; }
}

[Exploration]
public static class Look
{
    public static void Around()
    {
        var ml = new MLContext();
        var data = ml.Data.LoadFromTextFile<Row>("sample.txt");
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Row.X)).Append(ml.Regression.Trainers.Sdca(nameof(Row.Y)));
        var model = pipeline.Fit(data);
        Console.WriteLine(ml.Regression.Evaluate(model.Transform(data), nameof(Row.Y)).RSquared);
    }
}
