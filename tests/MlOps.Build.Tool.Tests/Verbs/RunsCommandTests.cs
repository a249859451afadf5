using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Tool.Tests.Verbs;

public sealed class RunsCommandTests : IDisposable
{
    private readonly ToolFixture _tool = new();
    private readonly RunStore _runs;

    public RunsCommandTests() => _runs = new RunStore(new StateFolder(_tool.Folder), TimeProvider.System);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_project_without_runs_says_how_to_make_one()
    {
        var exit = await _tool.RunAsync("runs", "list");

        Assert.Equal((0, "There are no runs yet. `mlops run` makes the first.\n"), (exit, _tool.Output));
    }

    [Fact]
    public async Task The_list_shows_an_interrupted_run_as_such()
    {
        var run = Interrupted(seed: 1);

        var exit = await _tool.RunAsync("runs", "list");

        Assert.Equal(0, exit);
        Assert.Contains(run.Id, _tool.Output, StringComparison.Ordinal);
        Assert.Contains("interrupted", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("4f2c9e1a", _tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_as_json_is_the_document()
    {
        Interrupted(seed: 1);
        Interrupted(seed: 2);

        await _tool.RunAsync("runs", "list", "--limit", "1", "--output", "json");

        var list = Documents.Parse<RunList>(System.Text.Encoding.UTF8.GetBytes(_tool.Output), "stdout");
        Assert.Equal((1, 2), (list.Runs.Length, list.Total));
    }

    [Fact]
    public async Task A_run_is_shown_by_the_beginning_of_its_id()
    {
        var run = Interrupted(seed: 7);

        var exit = await _tool.RunAsync("runs", "show", run.Id[..20], "--output", "markdown");

        Assert.Equal(0, exit);
        Assert.Contains($"### Run {run.Id}: interrupted", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("| seed | 7 |", _tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_a_usage_problem()
    {
        var exit = await _tool.RunAsync("runs", "show", "01XYZ");

        Assert.Equal((2, string.Empty), (exit, _tool.Output));
        Assert.Contains("error MLO2406", _tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_names_what_differs()
    {
        var (left, right) = (Interrupted(seed: 1), Interrupted(seed: 2));

        var exit = await _tool.RunAsync("runs", "compare", left.Id, right.Id, "--output", "markdown");

        Assert.Equal(0, exit);
        Assert.Contains("The models differ.", _tool.Output, StringComparison.Ordinal);
        Assert.Contains("| seed | 1 | 2 |", _tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_with_itself_is_refused()
    {
        var run = Interrupted(seed: 1);

        var exit = await _tool.RunAsync("runs", "compare", run.Id, "latest");

        Assert.Equal(2, exit);
        Assert.Contains("error MLO2407", _tool.Error, StringComparison.Ordinal);
    }

    private RunRecord Interrupted(int seed)
    {
        using var run = _runs.Create((id, at) => new RunRecord
        {
            Id = id,
            Model = "flights",
            Kind = RunKind.Training,
            Mode = RunMode.Pr,
            Status = RunStatus.Started,
            ProblemCode = null,
            StartedAt = at,
            EndedAt = null,
            Git = new GitState { Commit = "4f2c9e1a0b", Branch = "main", Dirty = false },
            Host = new HostState { Name = "local", RunUrl = null, Actor = "ana" },
            Machine = MachineProbe.Current,
            SnapshotDigest = null,
            Split = null,
            Sample = null,
            Seed = seed,
            Parameters = new Dictionary<string, ParameterValue>(),
            CacheKey = null,
            ModelDigest = null,
            PredictionsDigest = null,
            Challengers = [],
            Baselines = [],
            Verdict = null,
            Timings = [],
        });
        return run.Record;
    }
}
