using Microsoft.ML;
using Microsoft.ML.Data;

namespace Telemetry;

public sealed class Sample
{
    [LoadColumn(0)] public float Speed { get; set; }
    [LoadColumn(1)] public float Torque { get; set; }
    [LoadColumn(2)] public float Wear { get; set; }
}

/// <summary>Text is parsed once; later runs read the binary form.</summary>
public sealed class SampleStore(string folder)
{
    private readonly MLContext _ml = new(seed: 3);

    private string Parsed => Path.Combine(folder, "samples.idv");

    public IDataView Open()
    {
        if (!File.Exists(Parsed))
        {
            var text = _ml.Data.LoadFromTextFile<Sample>(Path.Combine(folder, "samples.tsv"), hasHeader: true);
            using var target = File.Create(Parsed);
            _ml.Data.SaveAsBinary(text, target);
        }

        return _ml.Data.LoadFromBinary(Parsed);
    }

    public ITransformer Train() => _ml.Transforms.Concatenate("Features", nameof(Sample.Speed), nameof(Sample.Torque))
        .Append(_ml.Transforms.NormalizeMinMax("Features"))
        .Append(_ml.Regression.Trainers.OnlineGradientDescent(nameof(Sample.Wear)))
        .Fit(Open());

    public void Export(IDataView scored, string target)
    {
        using var stream = new FileStream(target, FileMode.CreateNew);
        _ml.Data.SaveAsText(scored, stream, separatorChar: ',', headerRow: true, schema: false);
    }
}
