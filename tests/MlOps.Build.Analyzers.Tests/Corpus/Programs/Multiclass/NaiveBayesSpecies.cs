using Microsoft.ML;
using Microsoft.ML.Data;

namespace Zoo;

public record struct Options(string Input, int Seed);

public sealed class Animal
{
    [LoadColumn(0)] public bool Hair { get; set; }
    [LoadColumn(1)] public bool Feathers { get; set; }
    [LoadColumn(2)] public bool Eggs { get; set; }
    [LoadColumn(3)] public float Legs { get; set; }
    [LoadColumn(4)] public string Species { get; set; }
}

public static class SpeciesModel
{
    public static TransformerChain<ITransformer> Fit(Options options)
    {
        var ml = new MLContext(options.Seed);
        var rows = ml.Data.LoadFromTextFile<Animal>(options.Input, separatorChar: ',', hasHeader: true);
        var known = ml.Data.LoadFromEnumerable(new[] { new SpeciesName("Bird"), new SpeciesName("Fish"), new SpeciesName("Mammal") });

        IEstimator<ITransformer> trainer = ml.MulticlassClassification.Trainers.NaiveBayes();
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Animal.Species), keyData: known)
            .Append(ml.Transforms.Conversion.ConvertType(
                [new("HairF", nameof(Animal.Hair)), new("FeathersF", nameof(Animal.Feathers)), new("EggsF", nameof(Animal.Eggs))]))
            .Append(ml.Transforms.Concatenate("Features", "HairF", "FeathersF", "EggsF", nameof(Animal.Legs)))
            .Append(trainer)
            .Fit(rows);
    }

    private sealed class SpeciesName(string name)
    {
        public string Name { get; set; } = name;
    }
}
