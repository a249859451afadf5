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

    private const string Inputs = "carrier, origin, distance, air_time, scheduled_departure";
}
