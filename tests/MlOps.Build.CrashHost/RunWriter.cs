using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.CrashHost;

/// <summary>Writes a finished full-mode pipeline run with its training, evaluation and verdict.</summary>
public sealed class RunWriter(ReleaseWorld world)
{
    public required string Name { get; init; }

    /// <summary>The model it was compared with, or null.</summary>
    public required string? Baseline { get; init; }

    /// <summary>What the model's files say they belong to: two runs of the same name have the same model.</summary>
    public string? ModelOf { get; init; }

    /// <summary>The folder of the published scorer.</summary>
    public string ScorerFolder { get; init; } = "scorer";

    public RunMode Mode { get; init; } = RunMode.Full;

    public RunKind Kind { get; init; } = RunKind.Pipeline;

    public RunStatus Status { get; init; } = RunStatus.Finished;

    public VerdictKind Verdict { get; init; } = VerdictKind.Pass;

    public string Actor { get; init; } = "carla";

    /// <summary>What was checked out.</summary>
    public string Commit { get; init; } = "4f2c9e1";

    public TimeSpan Expires { get; init; } = TimeSpan.FromDays(14);

    private ScorerSource Scorer => new(
        ScorerFolder, ["dotnet", "scorer/Scorer.dll"], Digest.MerkleRoot(PackageBlobs.FilesOf(Path.Combine(world.Root, ScorerFolder))));

    /// <summary>Changes the verdict before it is written.</summary>
    public Func<Verdict, Verdict> Alter { get; init; } = verdict => verdict;

    /// <summary>The files of the model, by path; their content is their name and that of the run.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>
    {
        ["model.zip"] = "not really a zip",
        ["vocabulary/words.txt"] = "delta united",
    };

    public void Write()
    {
        foreach (var (path, content) in Files)
        {
            AtomicFile.Write(Path.Combine(world.ModelFolder(Name), path), $"{content} of {ModelOf ?? Name}");
        }

        WriteDocuments();
    }

    /// <summary>Writes all but the model, for the files that are there.</summary>
    public void WriteDocuments()
    {
        var model = Digest.MerkleRoot(PackageBlobs.FilesOf(world.ModelFolder(Name)));
        var evaluation = Evaluation();
        var training = Run(Name + "-training", RunKind.Training, model);
        var pipeline = Run(Name, Kind, null) with { Challengers = [Name + "-training"], Mode = Mode, Status = Status, Scorer = Scorer };
        AtomicFile.Write(Path.Combine(world.Runs, training.Id, "run.json"), training);
        AtomicFile.Write(Path.Combine(world.Runs, training.Id, "training.json"), Report());
        AtomicFile.Write(Path.Combine(world.Runs, Name, "run.json"), pipeline);
        AtomicFile.Write(Path.Combine(world.Runs, Name, "evaluation.json"), evaluation);
        AtomicFile.Write(Path.Combine(world.Runs, Name, "verdict.json"), Alter(Judge(model, evaluation)));
    }

    private Verdict Judge(string model, Evaluation evaluation) => new()
    {
        Model = ReleaseWorld.Model,
        Mode = Mode,
        Kind = Verdict,
        Sentence = "Better where it matters.",
        NoChange = false,
        Bootstrap = false,
        PolicyChange = null,
        Findings = [],
        Subject = new VerdictSubject
        {
            ChallengerRuns = [Name + "-training"],
            BaselineRuns = [],
            Challengers = [model],
            Baselines = Baseline is null ? [] : [Baseline],
            ChallengerPredictions = [Digest.Of(Name)],
            BaselinePredictions = [],
            Holdout = Digest.Of("holdout"),
            Policy = Digest.Of("policy"),
            Evaluation = Digest.OfDocument(evaluation),
            Engine = Digest.Of("engine"),
        },
        Seed = 1,
        CreatedAt = world.Time.GetUtcNow(),
        ExpiresAt = world.Time.GetUtcNow() + Expires,
    };

    private Evaluation Evaluation() => new()
    {
        Model = ReleaseWorld.Model,
        Mode = Mode,
        Task = ModelTask.BinaryClassification,
        Confidence = 0.95,
        Resamples = 2000,
        Seed = 1,
        Threshold = 0.5,
        PolicyDigest = Digest.Of("policy"),
        Holdout = new HoldoutRecord { Rows = 10, TotalRows = 10, Digest = Digest.Of("holdout"), Classes = [] },
        Challenger = new EvaluatedSide { Name = Name, Replicates = [] },
        Baseline = null,
        Metrics = [],
        Slices = [],
        Rules = [],
        Charts = new EvaluationCharts { RocChallenger = [], RocBaseline = [], Calibration = [], Residuals = [], Confusion = [] },
    };

    private static TrainingRecord Report() => new()
    {
        Parameters = new Dictionary<string, ParameterValue>(),
        TrainRows = 100,
        ValidationRows = 10,
        DroppedRows = 0,
        BestStep = 7,
        Stopped = StopReason.Completed,
        WallSeconds = 1.5,
        CpuSeconds = 2.5,
        PeakMemoryBytes = 1 << 20,
        Frameworks = new Dictionary<string, string> { ["Microsoft.ML"] = "5.0.1" },
        Features = ["distance"],
        InputSchema = [new ColumnSchema("distance", "float", false)],
        Warnings = [],
    };

    private RunRecord Run(string id, RunKind kind, string? model) => new()
    {
        Id = id,
        Model = ReleaseWorld.Model,
        Kind = kind,
        Mode = RunMode.Full,
        Status = RunStatus.Finished,
        ProblemCode = null,
        StartedAt = DateTimeOffset.UnixEpoch,
        EndedAt = DateTimeOffset.UnixEpoch,
        Git = new GitState { Commit = Commit, Branch = "main", Dirty = false },
        Host = new HostState { Name = "github", RunUrl = null, Actor = Actor },
        Machine = new MachineState
        {
            Platform = "linux-x64",
            Processors = 2,
            Runtime = "10.0.0",
            EngineVersion = "1.0.0",
            EngineDigest = Digest.Of("engine"),
        },
        SnapshotDigest = Digest.Of("snapshot"),
        Split = new SplitRecord
        {
            SnapshotDigest = Digest.Of("snapshot"),
            Method = SplitMethod.Hash,
            Train = new SplitPart(100, Digest.Of("train")),
            Validation = new SplitPart(10, Digest.Of("validation")),
            Holdout = new SplitPart(20, Digest.Of("holdout")),
            ValidationFrom = null,
            HoldoutFrom = null,
            PurgedRows = 0,
        },
        Sample = null,
        Seed = 42,
        Parameters = new Dictionary<string, ParameterValue>(),
        CacheKey = null,
        ModelDigest = model,
        PredictionsDigest = null,
        Challengers = [],
        Baselines = [],
        Verdict = null,
        Timings = [],
    };
}
