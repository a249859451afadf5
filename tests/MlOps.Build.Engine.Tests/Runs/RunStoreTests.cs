using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops runs ");
    private readonly RunStore _runs;

    public RunStoreTests() => _runs = new RunStore(new StateFolder(_folder.FullName), TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_is_running_as_long_as_somebody_works_on_it()
    {
        using var run = Create();

        Assert.Equal(RunState.Running, _runs.Find(run.Id).State);
    }

    [Fact]
    public void A_run_whose_process_is_gone_was_interrupted()
    {
        var run = Create();

        run.Dispose();

        Assert.Equal(RunState.Interrupted, _runs.Find(run.Id).State);
    }

    [Fact]
    public void A_final_status_is_never_edited()
    {
        using var run = Create();
        run.End(RunStatus.Finished);

        Assert.Throws<InvalidOperationException>(() => run.End(RunStatus.Failed));
        Assert.Throws<InvalidOperationException>(() => run.Update(run.Record with { Seed = 2 }));
        Assert.Equal(RunState.Finished, _runs.Find(run.Id).State);
    }

    [Fact]
    public async Task A_problem_makes_a_run_failed_and_a_cancellation_cancelled()
    {
        using var failed = Create();
        using var cancelled = Create();

        await Assert.ThrowsAsync<ProblemException>(
            () => failed.DoAsync<int>(() => throw new ProblemException(new Problem("MLO2202", "a", "b", "c"))));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => cancelled.DoAsync<int>(() => throw new OperationCanceledException()));

        Assert.Equal((RunState.Failed, "MLO2202"), (_runs.Find(failed.Id).State, failed.Record.ProblemCode));
        Assert.Equal(RunState.Cancelled, _runs.Find(cancelled.Id).State);
        Assert.NotNull(cancelled.Record.EndedAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_latest_run_is_the_one_that_was_asked_for(bool insideThePipeline)
    {
        var time = new SteppingTime();
        var runs = new RunStore(new StateFolder(_folder.FullName), time);
        using var pipeline = runs.Create((id, at) => Record(id, at) with { Kind = RunKind.Pipeline });
        if (!insideThePipeline)
        {
            pipeline.End(RunStatus.Finished);
        }

        time.Now += TimeSpan.FromSeconds(1);
        using var training = runs.Create((id, at) => Record(id, at) with { Kind = RunKind.Training });
        time.Now += TimeSpan.FromSeconds(1);
        if (insideThePipeline)
        {
            pipeline.End(RunStatus.Finished);
        }

        Assert.Equal(insideThePipeline ? pipeline.Id : training.Id, runs.Find("latest").Record.Id);
        Assert.Equal(pipeline.Id, runs.Find("latest", RunKind.Pipeline).Record.Id);
    }

    [Fact]
    public void The_newest_run_comes_first_and_a_broken_one_is_passed_over()
    {
        var time = new SteppingTime();
        var runs = new RunStore(new StateFolder(_folder.FullName), time);
        var ids = Enumerable.Range(0, 3).Select(_ =>
        {
            time.Now += TimeSpan.FromSeconds(1);
            using var run = runs.Create(Record);
            return run.Id;
        }).ToList();
        File.WriteAllText(Path.Combine(runs.FolderOf(ids[1]), "run.json"), "{");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, ".mlops", "runs", "not a run"));

        Assert.Equal([ids[2], ids[0]], runs.NewestFirst().Select(run => run.Record.Id));
        Assert.Equal(ids[2], runs.Find("latest").Record.Id);
    }

    [Fact]
    public void The_latest_of_a_kind_is_found_behind_newer_runs_of_another()
    {
        var time = new SteppingTime();
        var runs = new RunStore(new StateFolder(_folder.FullName), time);
        using var pipeline = runs.Create((id, at) => Record(id, at) with { Kind = RunKind.Pipeline });
        time.Now += TimeSpan.FromSeconds(1);
        using var training = runs.Create((id, at) => Record(id, at) with { Kind = RunKind.Training });

        Assert.Equal(pipeline.Id, runs.Find("latest", RunKind.Pipeline).Record.Id);
        Assert.Equal(training.Id, runs.Find(training.Id, RunKind.Pipeline).Record.Id);
    }

    [Fact]
    public void The_latest_is_found_without_a_look_at_older_runs()
    {
        var time = new SteppingTime();
        var runs = new RunStore(new StateFolder(_folder.FullName), time);
        using var older = runs.Create(Record);
        time.Now += TimeSpan.FromSeconds(1);
        using var latest = runs.Create((id, at) => Record(id, at) with { Kind = RunKind.Pipeline });
        File.WriteAllText(Path.Combine(latest.Folder, EvaluatedRun.EvaluationFile), "{}");
        using var closed = new FileStream(Path.Combine(older.Folder, RunHandle.RecordFile), FileMode.Open, FileAccess.Read, FileShare.None);

        Assert.Equal(latest.Id, runs.Find("latest").Record.Id);
        Assert.Equal(latest.Id, runs.Find("latest", RunKind.Pipeline).Record.Id);
        Assert.Equal(Path.Combine(latest.Folder, EvaluatedRun.EvaluationFile), EvaluatedRun.Find(runs, run: null));
        var list = new RunsHandler(runs).List(1).Document;
        Assert.Equal((latest.Id, 2), (Assert.Single(list.Runs).Id, list.Total));
    }

    [Fact]
    public void A_run_is_found_by_the_beginning_of_its_id_where_that_is_the_only_one()
    {
        using var run = Create();
        using var other = Create();

        Assert.Equal(run.Id, _runs.Find(run.Id.ToLowerInvariant()).Record.Id);
        var problem = Assert.Throws<ProblemException>(() => _runs.Find("0")).Problem;
        Assert.Equal("MLO2406", problem.Code);
        Assert.Contains("2 runs have", problem.Why, StringComparison.Ordinal);
        Assert.Throws<ProblemException>(() => _runs.Find("ZZZ"));
    }

    [Fact]
    public void Only_a_finished_run_is_found_by_its_key()
    {
        var key = Digest.Of("key");
        using var run = Create();
        run.Update(run.Record with { CacheKey = key });
        _runs.Remember(run.Record);
        Assert.Null(_runs.FindFinished(key));

        run.End(RunStatus.Finished);

        Assert.Equal(run.Id, _runs.FindFinished(key)!.Record.Id);
        Assert.Null(_runs.FindFinished(Digest.Of("another")));
    }

    [Fact]
    public void What_is_kept_stays_out_of_git()
    {
        using var run = Create();

        Assert.Equal("/*\n!/schema/\n", File.ReadAllText(Path.Combine(_folder.FullName, ".mlops", ".gitignore")));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_problem()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, ".mlops"), "a file where the folder should be");

        var problem = Assert.Throws<ProblemException>(() => Create()).Problem;

        Assert.Equal("MLO2408", problem.Code);
    }

    internal static RunRecord Record(string id, DateTimeOffset at) => new()
    {
        Id = id,
        Model = "flights",
        Kind = RunKind.Training,
        Mode = RunMode.Pr,
        Status = RunStatus.Started,
        ProblemCode = null,
        StartedAt = at,
        EndedAt = null,
        Git = new GitState { Commit = "4f2c9e1", Branch = "main", Dirty = false },
        Host = new HostState { Name = "local", RunUrl = null, Actor = "ana" },
        Machine = MachineProbe.Current,
        SnapshotDigest = null,
        Split = null,
        Sample = null,
        Seed = 1,
        Parameters = new Dictionary<string, ParameterValue>(),
        CacheKey = null,
        ModelDigest = null,
        PredictionsDigest = null,
        Challengers = [],
        Baselines = [],
        Verdict = null,
        Timings = [],
    };

    private RunHandle Create() => _runs.Create(Record);

    private sealed class SteppingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
