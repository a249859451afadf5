using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using MlOps.Build.Contracts;

namespace MlOps.Build.Benchmarks.Serving;

/// <summary>An environment's folder with two LightGBM models of 100 trees, trained on made-up trips.</summary>
internal sealed class ScoringEnvironment : IDisposable
{
    private const int Rows = 20_000;

    private long _generation;

    public ScoringEnvironment() => Digests = [Add(seed: 1), Add(seed: 2)];

    public string Folder { get; } = Directory.CreateTempSubdirectory("mlops-bench-").FullName;

    public string[] Digests { get; }

    public void Deploy(string digest)
        => AtomicFile.Write(
            Path.Combine(Folder, "deployment.json"),
            new DeploymentRecord
            {
                Model = "trips",
                Environment = "benchmark",
                Generation = ++_generation,
                Slots = [new DeploymentSlot(digest, $"models/{Digest.Hex(digest)}", 1, Mirror: false)],
                Previous = null,
                Step = "done",
                At = DateTimeOffset.UnixEpoch,
            });

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Add(int seed)
    {
        using var stream = new MemoryStream();
        Train(seed, stream);
        var bytes = stream.ToArray();
        FileDigest[] files = [new("model.zip", bytes.Length, Digest.Of(bytes))];
        var digest = Digest.MerkleRoot(files);
        var folder = Path.Combine(Folder, "models", Digest.Hex(digest));
        Directory.CreateDirectory(Path.Combine(folder, "model"));
        File.WriteAllBytes(Path.Combine(folder, "model", "model.zip"), bytes);
        AtomicFile.Write(Path.Combine(folder, "model.json"), Manifest(digest, files));
        return digest;
    }

    private static void Train(int seed, Stream stream)
    {
        var context = new MLContext(seed);
        var rows = Enumerable.Range(0, Rows).Select(i =>
        {
            var trip = Trip.Of<TaughtTrip>(i * seed);
            trip.Label = trip.Minute + trip.WindSpeed + (trip.Distance * 0.2f) + (i * 61 % 400) > 1300;
            return trip;
        });
        var data = context.Data.LoadFromEnumerable(rows);
        string[] texts = [nameof(Trip.Carrier), nameof(Trip.Origin), nameof(Trip.Destination), nameof(Trip.Engine)];
        string[] numbers = [.. data.Schema.Where(column => column.Type == NumberDataViewType.Single).Select(column => column.Name)];
        var pipeline = context.Transforms.Categorical
            .OneHotEncoding([.. texts.Select(text => new InputOutputColumnPair($"{text}Slots", text))])
            .Append(context.Transforms.Concatenate("Features", [.. numbers, .. texts.Select(text => $"{text}Slots")]))
            .Append(context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                NumberOfIterations = 100,
                NumberOfLeaves = 31,
                LearningRate = 0.1,
                MinimumExampleCountPerLeaf = 20,
                UseCategoricalSplit = false,
                NumberOfThreads = 1,
                Seed = seed,
                Silent = true,
            }));
        context.Model.Save(pipeline.Fit(data), data.Schema, stream);
    }

    private static ModelManifest Manifest(string digest, FileDigest[] files)
    {
        var nothing = Digest.Of(string.Empty);
        var part = new SplitPart(Rows, nothing);
        return new ModelManifest
        {
            Name = "trips",
            Task = ModelTask.BinaryClassification,
            ModelDigest = digest,
            Files = files,
            Scorer = new ScorerPackage(nothing, ["none"], []),
            Lineage = new ModelLineage
            {
                RunId = "benchmark",
                PipelineRunId = "benchmark",
                Git = new GitState { Commit = null, Branch = null, Dirty = false },
                SnapshotDigest = nothing,
                Split = new SplitRecord
                {
                    SnapshotDigest = nothing,
                    Method = SplitMethod.Hash,
                    Train = part,
                    Validation = part,
                    Holdout = part,
                    ValidationFrom = null,
                    HoldoutFrom = null,
                    PurgedRows = 0,
                },
                Sample = null,
                Parameters = new Dictionary<string, ParameterValue>(),
                Seed = 1,
                Machine = new MachineState
                {
                    Platform = "any",
                    Processors = 1,
                    Runtime = "any",
                    EngineVersion = "any",
                    EngineDigest = nothing,
                },
                Frameworks = new Dictionary<string, string>(),
            },
            Metrics = [],
            InputSchema = [],
            SizeBytes = files[0].Size,
            Training = new TrainingFootprint(1, 1, 1),
            Card = new Dictionary<string, string>(),
        };
    }
}
