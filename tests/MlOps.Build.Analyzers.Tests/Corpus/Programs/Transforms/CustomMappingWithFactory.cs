using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Shipping;

public class Parcel
{
    [LoadColumn(0)] public float Length { get; set; }
    [LoadColumn(1)] public float Width { get; set; }
    [LoadColumn(2)] public float Height { get; set; }
    [LoadColumn(3)] public float Weight { get; set; }
    [LoadColumn(4)] public float DaysInTransit { get; set; }
}

public class Volume
{
    public float Litres { get; set; }

    public float Density { get; set; }
}

public class DeliveryTime
{
    [ColumnName("Score")] public float Days { get; set; }
}

[CustomMappingFactoryAttribute(VolumeMapping.Contract)]
public sealed class VolumeMapping : CustomMappingFactory<Parcel, Volume>
{
    public const string Contract = "shipping-volume";

    public static void Fill(Parcel parcel, Volume volume)
    {
        volume.Litres = parcel.Length * parcel.Width * parcel.Height / 1000f;
        volume.Density = volume.Litres > 0 ? parcel.Weight / volume.Litres : 0;
    }

    public override Action<Parcel, Volume> GetMapping() => Fill;
}

public static class DeliveryModel
{
    public static void TrainAndSave(MLContext ml, string data, string target)
    {
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Parcel>(data, separatorChar: ',', hasHeader: true), 0.2);
        var chain = ml.Transforms.CustomMapping<Parcel, Volume>(VolumeMapping.Fill, VolumeMapping.Contract)
            .Append(ml.Transforms.Concatenate("Features", nameof(Volume.Litres), nameof(Volume.Density), nameof(Parcel.Weight)))
            .Append(ml.Regression.Trainers.FastTree(labelColumnName: nameof(Parcel.DaysInTransit)));
        var model = chain.Fit(split.TrainSet);
        var metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), labelColumnName: nameof(Parcel.DaysInTransit));
        Console.WriteLine($"mean error {metrics.MeanAbsoluteError:F1} days");
        ml.Model.Save(model, split.TrainSet.Schema, target);
    }

    public static DeliveryTime Ask(MLContext ml, string file, Parcel parcel)
    {
        ml.ComponentCatalog.RegisterAssembly(typeof(VolumeMapping).Assembly);
        using var stream = File.OpenRead(file);
        var model = ml.Model.Load(stream, out _);
        using var engine = ml.Model.CreatePredictionEngine<Parcel, DeliveryTime>(model);
        return engine.Predict(parcel);
    }
}
