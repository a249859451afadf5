using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>
/// Puts a model folder where a service reads it, without registry, gate or approval: for the endpoint tests of a project
/// and for a look at a model just trained. The service checks its digest like any other; <c>mlops deploy</c> refuses to
/// build on it, because no registry knows it.
/// </summary>
public static class LocalDeployment
{
    private const string Name = "local";

    private static readonly string Nothing = Digest.Of(string.Empty);

    /// <summary>Copies the model beside the others of the environment and makes it the one that answers.</summary>
    /// <param name="environment">The folder of the environment; made if it does not exist.</param>
    /// <param name="modelFolder">The folder <c>model/</c> that a trainer wrote, with <c>schema.json</c>.</param>
    /// <returns>The model's digest, as in the header <c>X-MlOps-Model</c>.</returns>
    /// <exception cref="ProblemException">MLO2001: <c>schema.json</c> is missing or cannot be read.</exception>
    public static string Write(string environment, string modelFolder)
    {
        var files = ModelFiles(modelFolder);
        var digest = Digest.MerkleRoot(files);
        var package = $"models/{Digest.Hex(digest)}";
        var folder = Path.Combine(environment, package);
        foreach (var file in files)
        {
            var target = Path.Combine(folder, "model", file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(modelFolder, file.Path), target, overwrite: true);
        }

        var schema = Documents.Read<ModelSchema>(Path.Combine(modelFolder, "schema.json"));
        AtomicFile.Write(Path.Combine(folder, "model.json"), Manifest(digest, files, schema));
        AtomicFile.Write(Path.Combine(environment, "deployment.json"), Next(environment, digest, package));
        return digest;
    }

    private static FileDigest[] ModelFiles(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => new FileDigest(
                Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
                new FileInfo(path).Length,
                Digest.OfFile(path)))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    private static DeploymentRecord Next(string environment, string digest, string package)
    {
        var path = Path.Combine(environment, "deployment.json");
        var before = File.Exists(path) ? Documents.Read<DeploymentRecord>(path) : null;
        return new DeploymentRecord
        {
            Model = Name,
            Environment = Name,
            Generation = (before?.Generation ?? 0) + 1,
            Slots = [new DeploymentSlot(digest, package, Weight: 1, Mirror: false)],
            Previous = before?.Slots.FirstOrDefault()?.Digest,
            Step = "done",
            At = DateTimeOffset.UnixEpoch,
        };
    }

    private static ModelManifest Manifest(string digest, FileDigest[] files, ModelSchema schema) => new()
    {
        Name = Name,
        Task = schema.Task,
        ModelDigest = digest,
        Files = files,
        Scorer = new ScorerPackage(Nothing, [], []),
        Lineage = Unknown(),
        Metrics = [],
        InputSchema = schema.Input,
        SizeBytes = files.Sum(file => file.Size),
        Training = new TrainingFootprint(WallSeconds: 0, CpuSeconds: 0, PeakMemoryBytes: 0),
        Card = new Dictionary<string, string>(),
    };

    private static ModelLineage Unknown() => new()
    {
        RunId = Name,
        PipelineRunId = Name,
        Git = new GitState { Commit = null, Branch = null, Dirty = false },
        SnapshotDigest = Nothing,
        Split = new SplitRecord
        {
            SnapshotDigest = Nothing,
            Method = SplitMethod.Hash,
            Train = new SplitPart(0, Nothing),
            Validation = new SplitPart(0, Nothing),
            Holdout = new SplitPart(0, Nothing),
            ValidationFrom = null,
            HoldoutFrom = null,
            PurgedRows = 0,
        },
        Sample = null,
        Parameters = new Dictionary<string, ParameterValue>(),
        Seed = 0,
        Machine = new MachineState
        {
            Platform = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
            Processors = Environment.ProcessorCount,
            Runtime = Environment.Version.ToString(),
            EngineVersion = Name,
            EngineDigest = Nothing,
        },
        Frameworks = new Dictionary<string, string>(),
    };
}
