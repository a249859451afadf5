using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Rents;

public class Flat
{
    [LoadColumn(0)] public float Area { get; set; }
    [LoadColumn(1)] public float Rent { get; set; }
}

public class FlatRent
{
    [ColumnName("Score")] public float Rent { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Flat>(args[0], separatorChar: ',');
        var model = ml.Transforms.Concatenate("Features", nameof(Flat.Area))
            .Append(ml.Regression.Trainers.FastTree(nameof(Flat.Rent)))
            .Fit(data);

        // The engine lives until the end of Main, and so does the model.
        using var engine = ml.Model.CreatePredictionEngine<Flat, FlatRent>(model);
        Console.WriteLine(engine.Predict(new Flat { Area = 50 }).Rent);
        ml.Model.Save(model, data.Schema, Path.Combine(AppContext.BaseDirectory, "rent.zip"));
    }

    public static void Twice(MLContext ml, string file)
    {
        var model = ml.Model.Load(file, out var schema);
        using (var engine = ml.Model.CreatePredictionEngine<Flat, FlatRent>(model))
        {
            Console.WriteLine(engine.Predict(new Flat { Area = 70 }).Rent);
            ml.Model.Save(model, schema, file + ".copy");
        }
    }
}
