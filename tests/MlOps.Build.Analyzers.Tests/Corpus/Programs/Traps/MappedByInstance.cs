using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Scales;

public sealed class Reading
{
    public float Grams { get; set; }
    public float Label { get; set; }
}

public sealed class Scaled
{
    public float Kilos { get; set; }
}

[CustomMappingFactoryAttribute("scale")]
public sealed class ScaleFactory : CustomMappingFactory<Reading, Scaled>
{
    public static float Divisor => 1000;

    public override Action<Reading, Scaled> GetMapping() => Apply;

    private void Apply(Reading reading, Scaled scaled) => scaled.Kilos = reading.Grams / Divisor;
}

public sealed class ScaleTraining(MLContext ml)
{
    public void Run(Reading[] readings, string file)
    {
        var rows = ml.Data.LoadFromEnumerable(readings);
        var factory = new ScaleFactory();
        var model = ml.Transforms.CustomMapping(factory.GetMapping(), "scale")
            .Append(ml.Transforms.Concatenate("Features", nameof(Scaled.Kilos)))
            .Append(ml.Regression.Trainers.FastForest())
            .Fit(rows);
        ml.Model.Save(model, rows.Schema, file);
    }

    public void Inside(Reading[] readings, string file)
    {
        var rows = ml.Data.LoadFromEnumerable(readings);
        float largest = 0;
        foreach (var reading in readings)
        {
            largest = MathF.Max(largest, reading.Grams);
        }

        var model = ml.Transforms.CustomMapping<Reading, Scaled>((reading, scaled) => scaled.Kilos = reading.Grams / largest, "scale").Fit(rows);
        ml.Model.Save(model, rows.Schema, file);
    }
}
