using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Serving.Tests;

/// <summary>An environment's folder with models in it, laid out as a deployment lays it out.</summary>
public sealed class TestEnvironment : IDisposable
{
    private long _generation;

    public string Folder { get; } = Directory.CreateTempSubdirectory("mlops serving ü ").FullName;

    public string DeploymentFile => Path.Combine(Folder, "deployment.json");

    /// <summary>Writes a package and gives its digest.</summary>
    public string Add(TestModel model)
    {
        var digest = model.Digest;
        var folder = FolderOf(digest);
        Directory.CreateDirectory(Path.Combine(folder, "model"));
        File.WriteAllBytes(Path.Combine(folder, "model", "model.zip"), model.Bytes);
        AtomicFile.Write(Path.Combine(folder, "model.json"), model.Manifest());
        return digest;
    }

    public string FolderOf(string digest) => Path.Combine(Folder, "models", Digest.Hex(digest));

    public string ModelFileOf(string digest) => Path.Combine(FolderOf(digest), "model", "model.zip");

    public DeploymentRecord Record(params DeploymentSlot[] slots)
        => new()
        {
            Model = "houses",
            Environment = "production",
            Generation = ++_generation,
            Slots = slots,
            Previous = null,
            Step = "done",
            At = DateTimeOffset.UnixEpoch,
        };

    public static DeploymentSlot Slot(string digest, double weight = 1, bool mirror = false)
        => new(digest, $"models/{Digest.Hex(digest)}", weight, mirror);

    /// <summary>Points deployment.json at a digest, atomically.</summary>
    public void Deploy(string digest) => AtomicFile.Write(DeploymentFile, Record(Slot(digest)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>A tiny ML.NET model and its manifest.</summary>
public sealed class TestModel
{
    private TestModel(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public string Digest => Contracts.Digest.MerkleRoot(Files);

    private FileDigest[] Files => [new("model.zip", Bytes.Length, Contracts.Digest.Of(Bytes))];

    /// <summary>A model whose prices grow with area and slope.</summary>
    public static TestModel WithSlope(float slope)
    {
        var context = new MLContext(seed: 1);
        var rows = Enumerable.Range(1, 50)
            .Select(i => new Sold { Area = i * 4, Town = i % 2 == 0 ? "Ulm" : "Bonn", Label = i * 4 * slope });
        var data = context.Data.LoadFromEnumerable(rows);
        var features = context.Transforms.Categorical.OneHotEncoding("TownSlots", "Town")
            .Append(context.Transforms.NormalizeMinMax("AreaScaled", "Area"))
            .Append(context.Transforms.Concatenate("Features", "AreaScaled", "TownSlots"));
        var trained = features
            .Append(context.Regression.Trainers.LbfgsPoissonRegression(historySize: 5))
            .Fit(data);
        using var stream = new MemoryStream();
        context.Model.Save(trained, data.Schema, stream);
        return new TestModel(stream.ToArray());
    }

    /// <summary>A model that reads a column which the service's row does not have.</summary>
    public static TestModel WithAnotherColumn()
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable([new Sold { Label = 1 }]);
        using var stream = new MemoryStream();
        context.Model.Save(context.Transforms.CopyColumns("Score", "Label").Fit(data), data.Schema, stream);
        return new TestModel(stream.ToArray());
    }

    /// <summary>What a scorer answers: the model over a whole table, as bits.</summary>
    public float[] Predict(params House[] houses)
    {
        var context = new MLContext(seed: 1);
        using var stream = new MemoryStream(Bytes);
        var model = context.Model.Load(stream, out _);
        var scored = model.Transform(context.Data.LoadFromEnumerable(houses));
        return [.. scored.GetColumn<float>("Score")];
    }

    /// <summary>Bytes that no trainer wrote.</summary>
    public static TestModel OfBytes(byte[] bytes) => new(bytes);

    public ModelManifest Manifest()
        => new()
        {
            Name = "houses",
            Task = ModelTask.Regression,
            ModelDigest = Digest,
            Files = Files,
            Scorer = new ScorerPackage(Contracts.Digest.Of("scorer"), ["dotnet", "scorer/Houses.dll"], []),
            Lineage = new ModelLineage
            {
                RunId = "01J00000000000000000000000",
                PipelineRunId = "01J00000000000000000000001",
                Git = new GitState { Commit = null, Branch = null, Dirty = false },
                SnapshotDigest = Contracts.Digest.Of("snapshot"),
                Split = new SplitRecord
                {
                    SnapshotDigest = Contracts.Digest.Of("snapshot"),
                    Method = SplitMethod.Hash,
                    Train = new SplitPart(50, Contracts.Digest.Of("train")),
                    Validation = new SplitPart(0, Contracts.Digest.Of("validation")),
                    Holdout = new SplitPart(10, Contracts.Digest.Of("holdout")),
                    ValidationFrom = null,
                    HoldoutFrom = null,
                    PurgedRows = 0,
                },
                Sample = null,
                Parameters = new Dictionary<string, ParameterValue>(),
                Seed = 1,
                Machine = new MachineState
                {
                    Platform = "linux-x64",
                    Processors = 2,
                    Runtime = "10.0",
                    EngineVersion = "0.1.0",
                    EngineDigest = Contracts.Digest.Of("engine"),
                },
                Frameworks = new Dictionary<string, string>(),
            },
            Metrics = [],
            InputSchema = [],
            SizeBytes = Bytes.Length,
            Training = new TrainingFootprint(1, 1, 1),
            Card = new Dictionary<string, string>(),
        };

    private sealed class Sold
    {
        public float Area { get; set; }

        public string Town { get; set; } = string.Empty;

        public float Label { get; set; }
    }
}
