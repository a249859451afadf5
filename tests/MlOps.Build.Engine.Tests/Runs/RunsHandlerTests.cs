using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Runs;

public sealed class RunsHandlerTests : IDisposable
{
    private readonly TrainingFixture _fixture = new();
    private readonly RunsHandler _handler;

    public RunsHandlerTests() => _handler = new RunsHandler(_fixture.Runs);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_project_without_runs_has_an_empty_list()
        => Assert.Equal((0, 0), (_handler.List(20).Document.Runs.Length, _handler.List(20).Document.Total));

    [Fact]
    public async Task The_list_shows_how_each_run_stands_and_is_cut_at_the_limit()
    {
        await _fixture.TrainAsync("copy");
        await _fixture.TrainBadlyAsync("exit-3");
        _fixture.Runs.Create(RunStoreTests.Record).Dispose();

        var list = _handler.List(2).Document;

        Assert.Equal((2, 3), (list.Runs.Length, list.Total));
        Assert.Equal([RunState.Interrupted, RunState.Failed], list.Runs.Select(run => run.State));
        Assert.Equal("MLO2202", list.Runs[1].ProblemCode);
        Assert.NotNull(list.Runs[1].Seconds);
    }

    [Fact]
    public async Task A_run_is_shown_with_what_its_trainer_said()
    {
        var run = await _fixture.TrainAsync("bad-events");

        var details = _handler.Show(run.RunId).Document;

        Assert.Equal((RunState.Finished, run.Folder), (details.State, details.Folder));
        Assert.Equal(1, details.Training!.TrainRows);
        Assert.Equal([new ReportedMetric("auc", 1, 0.7)], details.Metrics);
    }

    [Fact]
    public async Task A_failed_run_is_shown_without_a_training()
    {
        await _fixture.TrainBadlyAsync("no-model");

        Assert.Null(_handler.Show("latest").Document.Training);
    }

    [Fact]
    public async Task Two_runs_differ_in_what_was_changed_and_nothing_else()
    {
        var left = await _fixture.TrainAsync("copy", seed: 1);
        var right = await _fixture.TrainAsync("bad-events", seed: 1);

        var comparison = _handler.Compare(left.RunId, right.RunId).Document;

        Assert.False(comparison.SameModel);
        Assert.Equal(
            ["model", "parameter mode", "reported auc", "reported validation-auc"],
            comparison.Differences.Select(difference => difference.Name).Order(StringComparer.Ordinal));
        Assert.Contains(new RunDifference("parameter mode", "copy", "bad-events"), comparison.Differences);
        Assert.Contains(new RunDifference("reported auc", null, "0.7"), comparison.Differences);
    }

    [Fact]
    public async Task Equal_models_are_called_so()
    {
        var left = await _fixture.TrainAsync("copy");
        File.WriteAllText(Path.Combine(_fixture.Root, "notes.txt"), "changes the closure of a command, not the model");
        var right = await _fixture.TrainAsync("copy");

        var comparison = _handler.Compare(left.RunId, right.RunId).Document;

        Assert.True(comparison.SameModel);
        Assert.Empty(comparison.Differences);
    }

    [Fact]
    public async Task A_run_is_not_compared_with_itself()
    {
        var run = await _fixture.TrainAsync("copy");

        var problem = Assert.Throws<ProblemException>(() => _handler.Compare(run.RunId, "latest")).Problem;

        Assert.Equal("MLO2407", problem.Code);
        Assert.Contains("'latest'", problem.Why, StringComparison.Ordinal);
    }
}
