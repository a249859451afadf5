using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Training;

public sealed class ScoringStepTests : IDisposable
{
    private readonly TrainingFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(ModelTask.BinaryClassification)]
    [InlineData(ModelTask.MulticlassClassification)]
    [InlineData(ModelTask.Regression)]
    public async Task Good_predictions_are_taken_with_their_digest(ModelTask task)
    {
        _fixture.Task = task;
        var run = await _fixture.TrainAsync("copy");

        var scored = await _fixture.ScoreAsync(run);

        Assert.Equal((20, false), (scored.Rows, scored.Cached));
        Assert.Equal(Digest.OfFile(_fixture.Output), scored.Digest);
    }

    [Fact]
    public async Task The_same_rows_are_not_scored_twice_by_the_same_model()
    {
        var run = await _fixture.TrainAsync("copy");
        var first = await _fixture.ScoreAsync(run);
        File.Delete(first.Path);

        var second = await _fixture.ScoreAsync(run);

        Assert.True(second.Cached);
        Assert.Equal((first.Digest, first.Rows), (second.Digest, second.Rows));
        Assert.Equal(first.Digest, Digest.OfFile(second.Path));
    }

    [Fact]
    public async Task Kept_predictions_that_were_changed_are_made_anew()
    {
        var run = await _fixture.TrainAsync("copy");
        await _fixture.ScoreAsync(run);
        var kept = Directory.GetFiles(Path.Combine(_fixture.State.Cache, "predictions"), "*.parquet").Single();
        File.AppendAllText(kept, "x");

        var second = await _fixture.ScoreAsync(run);

        Assert.False(second.Cached);
    }

    [Theory]
    [InlineData("exit-3", "MLO2202", "exit code 3")]
    [InlineData("no-output", "MLO2210", "wrote no file")]
    [InlineData("no-score", "MLO2210", "no column 'score'")]
    [InlineData("drop", "MLO2211", "Row ids missing from the predictions: 101 (1 in all)")]
    [InlineData("repeat", "MLO2211", "Row ids that appear more than once: 101 (1 in all)")]
    [InlineData("invent", "MLO2211", "Row ids that are not in the data: invented (1 in all)")]
    [InlineData("nan", "MLO2212", "101 (nan)")]
    [InlineData("null", "MLO2212", "101 (null)")]
    [InlineData("above-one", "MLO2212", "101 (1.5)")]
    public async Task A_bad_scorer_leaves_no_predictions_and_is_named(string scoreMode, string code, string why)
    {
        var problem = await _fixture.ScoreBadlyAsync(scoreMode);

        Assert.Equal(code, problem.Code);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
        Assert.False(File.Exists(_fixture.Output));
        Assert.False(Directory.Exists(Path.Combine(_fixture.State.Cache, "predictions")));
    }

    [Theory]
    [InlineData("copy", 20, null)]
    [InlineData("copy+timed-uncounted", 20, null)]
    [InlineData("copy+untimed", 0, "the scorer does not time itself")]
    [InlineData("copy+timed-few", 0, "the scorer was asked for 20 rows and timed 19")]
    [InlineData("copy+timed-negative", 0, "negative or no number")]
    [InlineData("copy+timed-impossible", 0, "the scorer says it took 76")]
    public async Task A_scorer_times_itself_as_far_as_that_can_be_true(string scoreMode, int rows, string? why)
    {
        var run = await _fixture.TrainAsync("copy", scoreMode: scoreMode);

        var scored = await _fixture.ScoreAsync(run, timedRows: 1000);

        Assert.Equal(rows, scored.Timings?.RowSeconds.Length ?? 0);
        Assert.Contains(why ?? string.Empty, scored.WhyNoTimings ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(why is null, scored.WhyNoTimings is null);
    }

    [Fact]
    public async Task Nobody_is_asked_for_times_that_no_rule_needs()
    {
        var run = await _fixture.TrainAsync("copy");

        var scored = await _fixture.ScoreAsync(run);

        Assert.Equal((null, null), (scored.Timings, scored.WhyNoTimings));
        Assert.DoesNotContain("timings", File.ReadAllText(Directory.GetFiles(Path.GetDirectoryName(_fixture.Output)!, "*.score-request.json").Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_regression_value_may_be_any_finite_number()
    {
        _fixture.Task = ModelTask.Regression;
        var run = await _fixture.TrainAsync("copy", scoreMode: "above-one");

        var scored = await _fixture.ScoreAsync(run);

        Assert.Equal(20, scored.Rows);
    }

    [Fact]
    public async Task A_regression_value_that_is_not_finite_is_refused()
    {
        _fixture.Task = ModelTask.Regression;

        var problem = await _fixture.ScoreBadlyAsync("nan");

        Assert.Contains("not a finite number", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_scorer_and_leaves_no_file()
    {
        using var cancel = new CancellationTokenSource();
        var run = await _fixture.TrainAsync("copy", scoreMode: "hang");
        _fixture.Log.OnLine = line =>
        {
            if (line.Contains("hanging", StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.ScoreCancellablyAsync(run, cancel.Token));

        Assert.False(File.Exists(_fixture.Output));
    }

    [Fact]
    public void More_than_five_ids_are_counted_and_five_named()
    {
        var holdout = _fixture.WriteParquet("h.parquet", "SELECT i AS row_id FROM range(2000) t(i)");
        var predictions = _fixture.WriteParquet("p.parquet", "SELECT 0 AS row_id, true AS prediction, 0.5 AS score");

        var exception = Assert.Throws<ProblemException>(() => Engine.Training.PredictionCheck.Check(
            holdout, predictions, ModelTask.BinaryClassification, "What."));

        Assert.Equal("Row ids missing from the predictions: 1, 10, 100, 1000, 1001 (1,999 in all).", exception.Problem.Why);
    }

    [Fact]
    public void A_broken_file_is_no_table()
    {
        var holdout = _fixture.WriteParquet("h.parquet", "SELECT 1 AS row_id");
        var predictions = Path.Combine(_fixture.Root, "p.parquet");
        File.WriteAllText(predictions, "PAR1 and nothing else");

        var exception = Assert.Throws<ProblemException>(() => Engine.Training.PredictionCheck.Check(
            holdout, predictions, ModelTask.BinaryClassification, "What."));

        Assert.Equal("MLO2210", exception.Problem.Code);
    }
}
