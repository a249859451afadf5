using MlOps.Build.Contracts;

namespace MlOps.Build.Training.Tests;

public sealed class TrainAndScoreTests
{
    [Theory]
    [InlineData("late", ModelTask.BinaryClassification, "row_id,prediction,score")]
    [InlineData("delay", ModelTask.Regression, "row_id,prediction,score")]
    [InlineData("reason", ModelTask.MulticlassClassification, "row_id,prediction,score_Crew,score_none,score_weather")]
    public async Task A_model_is_trained_and_scores_every_row_of_the_holdout(string label, ModelTask task, string columns)
    {
        using var trainer = new TrainerFixture();
        trainer.Data("train.parquet", FlightData.Select(2000, columns: $"row_id, {Inputs}, {label}"));
        trainer.Data("holdout.parquet", FlightData.Select(700, 2000, $"row_id, {Inputs}"));

        var trained = await trainer.Run(trainer.Request(label, task), cancellationToken: TestContext.Current.CancellationToken);
        var scored = await trainer.Run(trainer.ScoreRequest(task), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(string.Empty, trainer.Errors);
        Assert.Equal((0, 0), (trained, scored));
        var ids = ParquetTable.Read($"SELECT row_id FROM '{trainer["predictions.parquet"]}'");
        Assert.Equal(ParquetTable.Read($"SELECT row_id FROM '{trainer["holdout.parquet"]}'"), ids);
        var names = ParquetTable.Read($"DESCRIBE SELECT * FROM '{trainer["predictions.parquet"]}'").Select(row => row.Split('|')[0]);
        Assert.Equal(columns, string.Join(',', names));
    }

    [Theory]
    [InlineData("late", ModelTask.BinaryClassification)]
    [InlineData("delay", ModelTask.Regression)]
    [InlineData("reason", ModelTask.MulticlassClassification)]
    public async Task A_scorer_that_is_asked_times_its_rows_one_by_one(string label, ModelTask task)
    {
        using var trainer = new TrainerFixture();
        trainer.Data("train.parquet", FlightData.Select(2000, columns: $"row_id, {Inputs}, {label}"));
        trainer.Data("holdout.parquet", FlightData.Select(700, 2000, $"row_id, {Inputs}"));
        await trainer.Run(trainer.Request(label, task), cancellationToken: TestContext.Current.CancellationToken);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var exit = await trainer.Run(
            trainer.ScoreRequest(task) with { Timings = new() { Output = trainer["timings.json"], Rows = 500 } }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((0, string.Empty), (exit, trainer.Errors));
        var timings = Documents.Read<ScoreTimings>(trainer["timings.json"]);
        Assert.Equal(500, timings.RowSeconds.Length);
        Assert.All(timings.RowSeconds, seconds => Assert.InRange(seconds, 1e-9, 1));
        Assert.InRange(timings.LoadSeconds, 1e-6, clock.Elapsed.TotalSeconds);
        Assert.InRange(timings.LoadSeconds + timings.RowSeconds.Sum(), 0, clock.Elapsed.TotalSeconds);
        Assert.InRange(timings.AllocatedBytes!.Value, 0, 500 * 100_000);
        Assert.Equal(700, ParquetTable.Read($"SELECT row_id FROM '{trainer["predictions.parquet"]}'").Count);
    }

    private const string Inputs = "carrier, origin, distance, air_time, scheduled_departure";
}
