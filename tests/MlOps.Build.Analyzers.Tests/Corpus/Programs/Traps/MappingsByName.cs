using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Mappings;

public sealed class Raw
{
    [LoadColumn(0)] public float Celsius { get; set; }
    [LoadColumn(1)] public float Label { get; set; }
}

public sealed class Kelvin
{
    public float Value { get; set; }
}

internal static class Contracts
{
    public const string ToKelvin = nameof(ToKelvin);
    public const float Zero = 273.15f;
    public static readonly float Offset = 0.5f;
}

[CustomMappingFactoryAttribute(Contracts.ToKelvin)]
internal sealed class KelvinFactory : CustomMappingFactory<Raw, Kelvin>
{
    public override Action<Raw, Kelvin> GetMapping() => static (raw, kelvin) => kelvin.Value = raw.Celsius + Contracts.Zero + Contracts.Offset;
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        ml.ComponentCatalog.RegisterAssembly(typeof(Program).Assembly);
        var data = ml.Data.LoadFromTextFile<Raw>(args[0]);
        var inline = ml.Transforms.CustomMapping<Raw, Kelvin>((raw, kelvin) => kelvin.Value = raw.Celsius + Contracts.Zero + Contracts.Offset, Contracts.ToKelvin);
        var shared = ml.Transforms.CustomMapping(new KelvinFactory().GetMapping(), nameof(Contracts.ToKelvin));
        foreach (var mapping in new[] { inline, shared })
        {
            var model = mapping.Append(ml.Transforms.Concatenate("Features", nameof(Kelvin.Value)))
                .Append(ml.Regression.Trainers.FastForest())
                .Fit(data);
            using var stream = File.Create(Path.GetRandomFileName());
            ml.Model.Save(model, data.Schema, stream);
        }

        // Never saved, so it needs no name.
        var passing = ml.Transforms.CustomMapping<Raw, Kelvin>((raw, kelvin) => kelvin.Value = raw.Celsius, contractName: null).Fit(data);
        Console.WriteLine(passing.Transform(data).Schema.Count);
    }
}
