using DuckDB.NET.Data;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Tests.Training;

/// <summary>A project whose trainer and scorer are the test trainer, in a temporary folder.</summary>
public sealed class TrainingFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops prüf ");

    public TrainingFixture()
    {
        Environment = new FakeEnvironment(new SystemEnvironment().Variables);
        Processes = new ProcessRunner(Environment, TimeProvider.System)
        {
            Grace = TimeSpan.FromSeconds(2),
            WatchInterval = TimeSpan.FromMilliseconds(50),
        };
        State = new StateFolder(Root);
        Runs = new RunStore(State, TimeProvider.System);
        WriteParquet("train.parquet", "SELECT i AS row_id, i * 0.5 AS x, i % 2 AS late FROM range(20) t(i)");
        WriteParquet("holdout.parquet", "SELECT i AS row_id, i * 0.5 AS x FROM range(100, 120) t(i)");
    }

    public FakeEnvironment Environment { get; }

    public RecordingLog Log { get; } = new();

    public ProcessRunner Processes { get; }

    public StateFolder State { get; }

    public RunStore Runs { get; }

    public string Root => _folder.FullName;

    public string IdFile => Path.Combine(Root, "child.id");

    public TrainConfiguration Train { get; set; } = new() { Command = ["dotnet", ProcessFixture.TestTrainer], Seed = 1 };

    public ModelTask Task { get; set; } = ModelTask.BinaryClassification;

    public static ColumnRoles Columns { get; } = new()
    {
        Id = "row_id",
        Label = "late",
        Time = null,
        Group = null,
        Ignore = [],
        Sensitive = [],
    };

    public ProgramBuilder Builder()
        => new(Processes, Environment, new ProgramSources(Processes, Environment), State, Log, TimeProvider.System);

    public TrainingStep TrainingStep() => new(
        Builder(), new TrainerRunner(Processes, Environment, Log, TimeProvider.System), Runs, Environment, Log);

    public ScoringStep ScoringStep()
        => new(Builder(), new ScorerRunner(Processes, Environment, Log), State, Environment, Log);

    /// <summary>Trains with a mode of the test trainer; see its README.</summary>
    public Task<TrainedRun> TrainAsync(string mode, int seed = 1, string scoreMode = "copy")
    {
        Train = Train with
        {
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["mode"] = ParameterValue.Of(mode),
                ["scoreMode"] = ParameterValue.Of(scoreMode),
                ["idFile"] = ParameterValue.Of(IdFile),
            },
        };
        return TrainingStep().RunAsync(Job(seed), TestContext.Current.CancellationToken);
    }

    public async Task<Problem> TrainBadlyAsync(string mode)
        => (await Assert.ThrowsAsync<ProblemException>(() => TrainAsync(mode))).Problem;

    public TrainingSide Side(string? root = null) => new()
    {
        Name = "challenger",
        Root = root ?? Root,
        Configuration = new ProjectConfiguration
        {
            Model = "flights",
            Task = Task,
            Data = new DataConfiguration { Source = "data.csv", Label = "late" },
            Train = Train,
            Score = Train,
        },
        Git = new GitState { Commit = null, Branch = null, Dirty = true },
    };

    public TrainingJob Job(int seed = 1) => new()
    {
        Side = Side(),
        Mode = RunMode.Pr,
        Seed = seed,
        TrainData = Path.Combine(Root, "train.parquet"),
        ValidationData = null,
        Columns = Columns,
        SnapshotDigest = Digest.Of("snapshot"),
        Split = new SplitRecord
        {
            SnapshotDigest = Digest.Of("snapshot"),
            Method = SplitMethod.Hash,
            Train = new SplitPart(20, Digest.Of("train")),
            Validation = new SplitPart(0, Digest.Of("validation")),
            Holdout = new SplitPart(20, Digest.Of("holdout")),
            ValidationFrom = null,
            HoldoutFrom = null,
            PurgedRows = 0,
        },
        Sample = null,
    };

    public async Task<ScoredRun> ScoreCancellablyAsync(TrainedRun run, CancellationToken cancellationToken)
    {
        var step = ScoringStep();
        return await step.RunAsync(await ScoringJobAsync(step, run), cancellationToken);
    }

    public async Task<ScoredRun> ScoreAsync(TrainedRun run, int timedRows)
    {
        var step = ScoringStep();
        return await step.RunAsync(await ScoringJobAsync(step, run) with { TimedRows = timedRows, UseCache = false, IsKept = false }, TestContext.Current.CancellationToken);
    }

    public Task<ScoredRun> ScoreAsync(TrainedRun run) => ScoreCancellablyAsync(run, TestContext.Current.CancellationToken);

    public async Task<Problem> ScoreBadlyAsync(string scoreMode)
    {
        var run = await TrainAsync("copy", scoreMode: scoreMode);
        return (await Assert.ThrowsAsync<ProblemException>(() => ScoreAsync(run))).Problem;
    }

    public string Output => Path.Combine(State.Runs, "out", "predictions.parquet");

    public string WriteParquet(string name, string sql)
    {
        var path = Path.Combine(Root, name);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The query is the test's own.
        command.CommandText = $"COPY ({sql}) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)";
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<ScoringJob> ScoringJobAsync(ScoringStep step, TrainedRun run) => new()
    {
        Name = "challenger",
        ModelFolder = run.ModelFolder,
        ModelDigest = run.ModelDigest,
        Program = await step.ProgramAsync(Side(), TestContext.Current.CancellationToken),
        Holdout = Path.Combine(Root, "holdout.parquet"),
        Output = Output,
        Columns = Columns,
        Task = Task,
        Threads = 1,
    };
}

/// <summary>Variables a test can change.</summary>
public sealed class FakeEnvironment(IReadOnlyDictionary<string, string> variables) : IEnvironment
{
    public Dictionary<string, string> Changed { get; } = new(variables, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Variables => Changed;
}

/// <summary>Keeps what was said; can be told to do something at a line.</summary>
public sealed class RecordingLog : IProgressLog
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public Action<string> OnLine { get; set; } = _ => { };

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public void Step(string text) => Add(text);

    public void Warn(string text) => Add("warning: " + text);

    public void Detail(string text) => Add(text);

    private void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
        }

        OnLine(line);
    }
}
