using System.Globalization;
using Microsoft.ML;
using MlOps.Build.Contracts;
using MlOps.Build.Training.Tests.Trainer;

namespace MlOps.Build.Training.Tests;

/// <summary>What a service does with a saved model: plain ML.NET, without this library.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly TrainerFixture _trainer = new();

    [Fact]
    public async Task A_service_gets_the_scores_of_the_scorer_derived_columns_included()
    {
        await TrainAndScore("late", ModelTask.BinaryClassification);
        var ml = new MLContext(1);
        using var engine = ml.Model.CreatePredictionEngine<Flight, BinaryAnswer>(Load(ml));

        var scores = Holdout().Select(flight => engine.Predict(flight)).ToArray();

        Assert.Equal(Scored("score"), scores.Select(answer => (double)answer.Probability));
        Assert.Equal(Scored("prediction::INT"), scores.Select(answer => answer.PredictedLabel ? 1.0 : 0.0));
    }

    [Fact]
    public async Task A_service_gets_the_names_of_classes_in_the_order_of_the_schema()
    {
        await TrainAndScore("reason", ModelTask.MulticlassClassification);
        var schema = Documents.Read<ModelSchema>(Path.Combine(_trainer["run"], "model", "schema.json"));
        var ml = new MLContext(1);
        using var engine = ml.Model.CreatePredictionEngine<Flight, ClassAnswer>(Load(ml));

        var answers = Holdout().Select(flight => engine.Predict(flight)).ToArray();

        Assert.Equal(["Crew", "none", "weather"], schema.Classes);
        Assert.All(answers, answer => Assert.Equal(schema.Classes[Array.IndexOf(answer.Score, answer.Score.Max())], answer.PredictedLabel));
        Assert.Equal(Scored("score_none"), answers.Select(answer => (double)answer.Score[1]));
    }

    [Fact]
    public async Task The_schema_names_the_columns_of_the_data_and_which_may_be_empty()
    {
        await TrainAndScore("late", ModelTask.BinaryClassification);

        var schema = Documents.Read<ModelSchema>(Path.Combine(_trainer["run"], "model", "schema.json"));

        Assert.Equal(
            [
                new ColumnSchema("carrier", "text", true), new ColumnSchema("origin", "text", true),
                new ColumnSchema("distance", "int", true), new ColumnSchema("air_time", "double", true),
                new ColumnSchema("scheduled_departure", "timestamp", false),
            ],
            schema.Input);
        Assert.Equal(schema.Input, _trainer.Record().InputSchema);
        Assert.Equal(["Carrier", "Origin", "Distance", "AirTime", "Hour", "Weekend"], _trainer.Record().Features);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public async Task The_language_of_the_machine_changes_no_byte(string culture)
    {
        _trainer.Data("train.parquet", FlightData.Select(400));
        var request = _trainer.Request("reason", ModelTask.MulticlassClassification);
        var before = CultureInfo.CurrentCulture;

        await _trainer.Run(request with { OutputDirectory = _trainer["plain"] }, cancellationToken: Token);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            await _trainer.Run(request with { OutputDirectory = _trainer["local"] }, cancellationToken: Token);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(string.Empty, _trainer.Errors);
        Assert.Equal(
            Digest.OfFile(Path.Combine(_trainer["plain"], "model", "model.zip")),
            Digest.OfFile(Path.Combine(_trainer["local"], "model", "model.zip")));
    }

    public void Dispose() => _trainer.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITransformer Load(MLContext ml) => ml.Model.Load(Path.Combine(_trainer["run"], "model", "model.zip"), out _);

    private async Task TrainAndScore(string label, ModelTask task)
    {
        _trainer.Data("train.parquet", FlightData.Select(1000));
        _trainer.Data("holdout.parquet", FlightData.Select(100, 1000, "* EXCLUDE (late, delay, reason)"));
        await _trainer.Run(_trainer.Request(label, task), cancellationToken: Token);
        await _trainer.Run(_trainer.ScoreRequest(task), cancellationToken: Token);
        Assert.Equal(string.Empty, _trainer.Errors);
    }

    private IEnumerable<Flight> Holdout()
        => ParquetTable.Read(
            $"SELECT carrier, origin, distance, air_time, strftime(scheduled_departure, '%Y-%m-%dT%H:%M:%S') FROM '{_trainer["holdout.parquet"]}'")
            .Select(line => line.Split('|'))
            .Select(cells => new Flight
            {
                Carrier = cells[0],
                Origin = cells[1].Length == 0 ? null : cells[1],
                Distance = float.Parse(cells[2], CultureInfo.InvariantCulture),
                AirTime = cells[3].Length == 0 ? float.NaN : float.Parse(cells[3], CultureInfo.InvariantCulture),
                ScheduledDeparture = DateTime.Parse(cells[4], CultureInfo.InvariantCulture),
            });

    private IEnumerable<double> Scored(string column)
        => ParquetTable.Read($"SELECT {column} FROM '{_trainer["predictions.parquet"]}'")
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture));

    private sealed class BinaryAnswer
    {
        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class ClassAnswer
    {
        public string PredictedLabel { get; set; } = string.Empty;

        public float[] Score { get; set; } = [];
    }
}
