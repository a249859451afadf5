using System.Diagnostics;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Tests.Processes;

namespace MlOps.Build.Engine.Tests.Runs;

/// <summary>What a killed process leaves is cleared away by the next run, and what a living one works on is not.</summary>
public sealed class DeadRunsTests : IDisposable, IProgressLog
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops dead ");
    private readonly StateFolder state;
    private readonly RunStore runs;
    private readonly List<string> said = [];

    public DeadRunsTests()
    {
        state = new(folder.FullName);
        runs = new(state, TimeProvider.System);
    }

    void IProgressLog.Step(string text) => said.Add(text);

    void IProgressLog.Warn(string text) => said.Add($"warning: {text}");

    void IProgressLog.Detail(string text) => said.Add(text);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Rows_champion_and_half_files_of_a_killed_run_are_gone_and_its_record_stays()
    {
        var run = WithRows(runs.Create(RunStoreTests.Record));
        run.Dispose();

        await SweepAsync();

        Assert.Equal(["run.json", "train-request.json"], Files(run.Folder));
        Assert.Equal(RunState.Interrupted, runs.Find(run.Id).State);
        Assert.Contains($"Cleared away what {run.Id} left, which was killed", said);
    }

    [Fact]
    public async Task A_run_that_somebody_works_on_is_left_alone()
    {
        using var run = WithRows(runs.Create(RunStoreTests.Record));
        var before = Files(run.Folder);

        await SweepAsync();

        Assert.Equal(before, Files(run.Folder));
        Assert.Equal(RunState.Running, runs.Find(run.Id).State);
        Assert.Empty(said);
    }

    [Fact]
    public async Task A_run_that_has_ended_keeps_its_rows_and_no_lock()
    {
        var run = WithRows(runs.Create(RunStoreTests.Record));
        run.End(RunStatus.Finished);
        run.Dispose();
        var before = Files(run.Folder);

        await SweepAsync();

        Assert.Equal(before, Files(run.Folder));
        Assert.DoesNotContain("run.lock", before);
        Assert.Contains("data/head/train-0.parquet", before);
    }

    [Fact]
    public async Task A_lock_that_an_older_version_left_with_an_ended_run_is_only_removed()
    {
        var run = WithRows(runs.Create(RunStoreTests.Record));
        run.End(RunStatus.Finished);
        run.Dispose();
        var before = Files(run.Folder);
        await File.WriteAllTextAsync(Path.Combine(run.Folder, "run.lock"), string.Empty, TestContext.Current.CancellationToken);

        await SweepAsync();

        Assert.Equal(before, Files(run.Folder));
        Assert.Empty(said);
    }

    [Fact]
    public async Task A_run_that_is_about_to_begin_is_not_touched()
    {
        var begun = Directory.CreateDirectory(Path.Combine(state.Runs, RunId.New(TimeProvider.System))).FullName;
        await File.WriteAllTextAsync(Path.Combine(begun, "run.lock"), string.Empty, TestContext.Current.CancellationToken);

        await SweepAsync();

        Assert.Equal(["run.lock"], Files(begun));
    }

    [Fact]
    public async Task The_folder_of_a_step_goes_with_its_owner()
    {
        var dead = Directory.CreateDirectory(Path.Combine(state.Root, "tmp", RunId.New(TimeProvider.System))).FullName;
        var living = Directory.CreateDirectory(Path.Combine(state.Root, "tmp", RunId.New(TimeProvider.System))).FullName;
        await File.WriteAllTextAsync(Path.Combine(dead, "train.parquet"), "rows", TestContext.Current.CancellationToken);
        using var owner = FileLock.TryTake(living + ".lock");

        await SweepAsync();

        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task Rows_that_a_killed_query_could_not_hold_in_memory_are_gone_after_a_day(int hours, bool stay)
    {
        var spilled = Directory.CreateDirectory(Path.Combine(state.Scratch, "duckdb-1a2b3c.4d5")).FullName;
        var file = Path.Combine(spilled, "duckdb_temp_storage_DEFAULT-0.tmp");
        await File.WriteAllTextAsync(file, "rows", TestContext.Current.CancellationToken);
        var written = DateTime.UtcNow.AddHours(-hours);
        File.SetLastWriteTimeUtc(file, written);
        Directory.SetLastWriteTimeUtc(spilled, DateTime.UtcNow.AddDays(-9));

        await SweepAsync();

        Assert.Equal(stay, Directory.Exists(spilled));
        Assert.Equal(stay ? [] : ["Cleared away duckdb-1a2b3c.4d5, rows of a query that was killed"], said);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_trainer_that_outlived_its_mlops_is_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows the environment of a process.");
        var run = WithRows(runs.Create(RunStoreTests.Record));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add(ProcessFixture.TestTrainer);
        start.ArgumentList.Add("deaf");
        start.Environment["MLOPS_REQUEST"] = Path.Combine(run.Folder, "train-request.json");
        using var trainer = Process.Start(start)!;
        Assert.NotNull(await trainer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await SweepAsync();
        Assert.False(trainer.HasExited);

        run.Dispose();
        await SweepAsync();

        await trainer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"Cleared away what {run.Id} left, which was killed; 1 of its processes were ended", said);
    }

    private static RunHandle WithRows(RunHandle run)
    {
        foreach (var name in (string[])["data/head/train-0.parquet", "data/head/holdout-labels.parquet", "data/head/train-1.parquet.tmp", "predictions/baseline-0.parquet", ".verdict.json.abc.tmp", "champion/model/model.zip", "train-request.json"])
        {
            var path = Path.Combine(run.Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "rows");
        }

        return run;
    }

    private static string[] Files(string root) =>
    [
        .. Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private Task SweepAsync() => new DeadRuns(state, this, TimeProvider.System).SweepAsync();
}
