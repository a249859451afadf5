using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Vibration;

public sealed record Spectrum([property: VectorType(128)] float[] Bands, bool Label);

public enum Projection
{
    None,
    Principal,
    Fourier,
}

/// <summary>One pipeline for each projection that the tests of the bench compare.</summary>
public sealed class BearingDetector
{
    private readonly MLContext ml;
    private readonly int seed;

    public BearingDetector(int seed)
    {
        this.seed = seed;
        ml = new MLContext(seed);
    }

    public IEstimator<ITransformer> Prepare(Projection projection) => projection switch
    {
        Projection.Principal => ml.Transforms.ProjectToPrincipalComponents("Features", nameof(Spectrum.Bands), rank: 12, seed: seed),
        Projection.Fourier => ml.Transforms.ApproximatedKernelMap(
            "Features", nameof(Spectrum.Bands), rank: 200, generator: new GaussianKernel(gamma: 0.7f), seed: seed),
        _ => ml.Transforms.CopyColumns("Features", nameof(Spectrum.Bands)),
    };

    public double Judge(IReadOnlyList<Spectrum> spectra, Projection projection)
    {
        var rows = ml.Data.LoadFromEnumerable(spectra);
        var pipeline = Prepare(projection)
            .Append(ml.BinaryClassification.Trainers.LinearSvm(numberOfIterations: 5))
            .Append(ml.BinaryClassification.Calibrators.Platt());
        return ml.BinaryClassification.CrossValidate(rows, pipeline, numberOfFolds: 3)
            .Select(fold => fold.Metrics.LogLoss)
            .Average();
    }
}
