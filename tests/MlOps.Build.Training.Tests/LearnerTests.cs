using Microsoft.ML;
using MlOps.Build.Contracts;
using MlOps.Build.Training.Tests.Trainer;

namespace MlOps.Build.Training.Tests;

public sealed class LearnerTests : IDisposable
{
    private readonly TrainerFixture _trainer = new();

    public static TheoryData<string, string, ModelTask> All => new()
    {
        { nameof(Learners.FastTreeBinary), "late", ModelTask.BinaryClassification },
        { nameof(Learners.FastTreeRegression), "delay", ModelTask.Regression },
        { nameof(Learners.SdcaBinary), "late", ModelTask.BinaryClassification },
        { nameof(Learners.SdcaMulticlass), "reason", ModelTask.MulticlassClassification },
        { nameof(Learners.SdcaRegression), "delay", ModelTask.Regression },
        { nameof(Learners.LbfgsBinary), "late", ModelTask.BinaryClassification },
        { nameof(Learners.LbfgsMulticlass), "reason", ModelTask.MulticlassClassification },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_learner_trains_scores_and_gives_the_same_bytes_again(string name, string label, ModelTask task)
    {
        _trainer.Data("train.parquet", FlightData.Select(600, columns: $"* REPLACE (coalesce(air_time, 100) AS air_time)"));
        _trainer.Data("valid.parquet", FlightData.Select(200, 600));
        _trainer.Data("holdout.parquet", FlightData.Select(100, 800));
        var request = _trainer.Request(label, task, "first") with
        {
            ValidationData = _trainer["valid.parquet"],
            Parameters = new Dictionary<string, ParameterValue>(),
            Threads = 2,
        };
        var definition = Named(name);

        var first = await _trainer.Run(request, definition, Token);
        Assert.Equal(string.Empty, _trainer.Errors);
        var second = await _trainer.Run(request with { OutputDirectory = _trainer["second"] }, definition, Token);
        var scored = await _trainer.Run(_trainer.ScoreRequest(task, "first"), definition, Token);

        Assert.Equal(string.Empty, _trainer.Errors);
        Assert.Equal((0, 0, 0), (first, second, scored));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_trainer["first"], "model", "model.zip")),
            File.ReadAllBytes(Path.Combine(_trainer["second"], "model", "model.zip")));
        Assert.Equal(["100"], ParquetTable.Read($"SELECT count(prediction) FROM '{_trainer["predictions.parquet"]}'"));
    }

    [Fact]
    public async Task Rows_that_FastTree_leaves_out_are_counted_and_warned_about()
    {
        _trainer.Data("train.parquet", FlightData.Select(2200));

        var exit = await _trainer.Run(Plain("late"), Named(nameof(Learners.FastTreeBinary), scaled: false), Token);

        Assert.Equal(0, exit);
        Assert.Equal(200, _trainer.Record().DroppedRows);
        Assert.Contains("Skipped 200 instances", Assert.Single(_trainer.Record().Warnings), StringComparison.Ordinal);
        Assert.Contains(_trainer.Events(), line => line.Contains("Skipped 200 instances", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_without_a_label_are_left_out_counted_and_warned_about()
    {
        _trainer.Data("train.parquet", FlightData.Select(500, columns: "* REPLACE (CASE WHEN distance % 5 = 0 THEN NULL ELSE late END AS late)"));
        var without = ParquetTable.Read($"SELECT count(*) FROM '{_trainer["train.parquet"]}' WHERE late IS NULL").Single();

        await _trainer.Run(Plain("late"), cancellationToken: Token);

        Assert.Equal(500, _trainer.Record().TrainRows);
        Assert.Equal(without, _trainer.Record().DroppedRows.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(_trainer.Record().Warnings, warning => warning == $"{without} training rows have no label and were left out");
    }

    [Fact]
    public async Task LightGBM_stops_early_on_validation_rows_and_says_at_which_tree()
    {
        _trainer.Data("train.parquet", FlightData.Select(1000));
        _trainer.Data("valid.parquet", FlightData.Select(400, 1000));
        _trainer.Data("holdout.parquet", FlightData.Select(400, 1000));
        var request = _trainer.Request("late", ModelTask.BinaryClassification) with
        {
            ValidationData = _trainer["valid.parquet"],
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["trees"] = ParameterValue.Of(2000),
                ["learningRate"] = ParameterValue.Of(0.5),
                ["patience"] = ParameterValue.Of(3),
            },
        };

        await _trainer.Run(request, cancellationToken: Token);
        await _trainer.Run(_trainer.ScoreRequest(ModelTask.BinaryClassification), cancellationToken: Token);

        var record = _trainer.Record();
        Assert.Equal(StopReason.NoProgress, record.Stopped);
        Assert.InRange(record.BestStep!.Value, 1, 500);
        var step = _trainer.Events()
            .Select(line => System.Text.Json.JsonSerializer.Deserialize(line, Documents.TypeInfo<TrainingEvent>())!)
            .Single(line => line.Metric is not null);
        Assert.Equal(("validation-log-loss", record.BestStep), (step.Metric, step.Step));
        Assert.Equal(LogLossOfPredictions(), step.Value!.Value, 1e-6);
    }

    [Fact]
    public async Task Without_validation_rows_all_trees_are_grown()
    {
        _trainer.Data("train.parquet", FlightData.Select(600));

        await _trainer.Run(Plain("late"), cancellationToken: Token);

        Assert.Equal((StopReason.Completed, 20), (_trainer.Record().Stopped, _trainer.Record().BestStep));
    }

    [Fact]
    public async Task An_option_that_the_model_changes_is_recorded_as_used()
    {
        _trainer.Data("train.parquet", FlightData.Select(300));
        var definition = new Definition<Flight>(context => Learners.LightGbmBinary(context, options => options.NumberOfLeaves = 7));

        await _trainer.Run(Plain("late"), definition, Token);

        Assert.Equal(7, _trainer.Record().Parameters["lightGbm.numberOfLeaves"].Number);
    }

    [Fact]
    public async Task Any_estimator_of_ML_NET_can_be_the_learner()
    {
        _trainer.Data("train.parquet", FlightData.Select(300));
        var definition = new Definition<Flight>(context => Learner.From(
            context.Ml.Regression.Trainers.OnlineGradientDescent(), readsRowsOften: true))
        {
            Steps = context => FeatureSteps.EncodeScaled<Flight>(context, nameof(Flight.Hour)),
        };
        var request = _trainer.Request("delay", ModelTask.Regression) with { Parameters = new Dictionary<string, ParameterValue>() };

        var exit = await _trainer.Run(request, definition, Token);

        Assert.Equal((string.Empty, 0), (_trainer.Errors, exit));
    }

    public void Dispose() => _trainer.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TrainRequest Plain(string label) => _trainer.Request(label, ModelTask.BinaryClassification);

    private double LogLossOfPredictions() => double.Parse(
        ParquetTable.Read(
            $"""
            SELECT avg(-ln(CASE WHEN late THEN score ELSE 1 - score END))
            FROM '{_trainer["predictions.parquet"]}' JOIN '{_trainer["valid.parquet"]}' USING (row_id)
            """).Single(),
        System.Globalization.CultureInfo.InvariantCulture);

    private static Definition<Flight> Named(string name, bool scaled = true) => new(context => name switch
    {
        nameof(Learners.FastTreeBinary) => Learners.FastTreeBinary(context),
        nameof(Learners.FastTreeRegression) => Learners.FastTreeRegression(context),
        nameof(Learners.SdcaBinary) => Learners.SdcaBinary(context),
        nameof(Learners.SdcaMulticlass) => Learners.SdcaMulticlass(context),
        nameof(Learners.SdcaRegression) => Learners.SdcaRegression(context),
        nameof(Learners.LbfgsBinary) => Learners.LbfgsBinary(context),
        _ => Learners.LbfgsMulticlass(context),
    })
    {
        Steps = scaled ? context => FeatureSteps.EncodeScaled<Flight>(context) : null,
    };
}
