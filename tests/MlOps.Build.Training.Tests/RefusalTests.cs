using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training.Tests;

public sealed class RefusalTests : IDisposable
{
    private const string Inputs = "row_id, carrier, origin, distance, air_time, scheduled_departure";

    private readonly TrainerFixture _trainer = new();

    [Fact]
    public async Task A_trainer_that_is_started_without_a_request_says_how_to_start_it()
    {
        var exit = await _trainer.Run(null, Token);

        Refused(2, "MLO2220", exit, "MLOPS_REQUEST");
    }

    [Theory]
    [InlineData("{ \"schema\": \"mlops/train-request/1\"")]
    [InlineData("[]")]
    [InlineData("{ \"schema\": \"mlops/verdict/1\" }")]
    [InlineData("{ \"schema\": \"mlops/train-request/1\" }")]
    [InlineData("{ \"schema\": 7 }")]
    [InlineData("")]
    public async Task A_garbled_request_is_refused(string content)
    {
        File.WriteAllText(_trainer["request.json"], content);
        _trainer.Environment["MLOPS_REQUEST"] = _trainer["request.json"];

        var exit = await _trainer.Run(null, Token);

        Refused(2, "MLO2001", exit, "request.json");
    }

    [Fact]
    public async Task A_request_that_does_not_exist_is_worth_a_retry()
    {
        var exit = await _trainer.Run(null, Token, "--request", _trainer["nowhere.json"]);

        Refused(3, "MLO2001", exit, "nowhere.json");
    }

    [Theory]
    [InlineData("late", "nowhere", "MLO2229", "no such column")]
    [InlineData("carrier AS late", "late", "MLO2229", "another value than 'true' and 'false'")]
    [InlineData("distance AS late", "late", "MLO2229", "another value than 1 and 0")]
    [InlineData("scheduled_departure AS late", "late", "MLO2229", "TIMESTAMP")]
    [InlineData("true AS late", "late", "MLO2230", "same class")]
    [InlineData("NULL::BOOLEAN AS late", "late", "MLO2230", "No training row has a label")]
    public async Task A_label_that_cannot_be_learned_is_refused(string column, string label, string code, string why)
    {
        _trainer.Data("train.parquet", FlightData.Select(200, columns: $"{Inputs}, {column}"));

        var exit = await _trainer.Run(_trainer.Request(label, ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(2, code, exit, why);
    }

    [Theory]
    [InlineData(ModelTask.Regression, "carrier", "regression wants numbers")]
    [InlineData(ModelTask.MulticlassClassification, "air_time", "classes are texts")]
    [InlineData(ModelTask.MulticlassClassification, "scheduled_departure", "classes are texts")]
    public async Task A_label_must_fit_the_task(ModelTask task, string label, string why)
    {
        _trainer.Data("train.parquet", FlightData.Select(50));

        var exit = await _trainer.Run(_trainer.Request(label, task), cancellationToken: Token);

        Refused(2, "MLO2229", exit, why);
    }

    [Fact]
    public async Task Data_without_rows_is_refused()
    {
        _trainer.Data("train.parquet", FlightData.Select(0));

        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(2, "MLO2230", exit, "No training row");
    }

    [Fact]
    public async Task A_missing_data_file_is_worth_a_retry()
    {
        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(3, "MLO2228", exit, "train.parquet");
    }

    [Fact]
    public async Task A_file_that_is_not_Parquet_is_refused()
    {
        File.WriteAllText(_trainer["train.parquet"], "carrier,late\nAA,1\n");

        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(2, "MLO2228", exit, "train.parquet");
    }

    [Fact]
    public async Task A_column_that_the_data_lacks_is_named_with_what_is_there()
    {
        _trainer.Data("train.parquet", FlightData.Select(50, columns: "row_id, carrier, origin, air_time, scheduled_departure, late"));

        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(2, "MLO2223", exit, "'Distance'", "scheduled_departure", "[DataColumn");
    }

    [Theory]
    [InlineData("leafs", 31.0, "MLO2222", "It reads featureFraction")]
    [InlineData("leaves", 1.0, "MLO2221", "between 2 and 131072")]
    [InlineData("leaves", 31.5, "MLO2221", "whole number")]
    [InlineData("leaves", "many", "MLO2221", "the text 'many'")]
    [InlineData("learningRate", true, "MLO2221", "a number is expected")]
    public async Task A_parameter_that_cannot_be_used_is_refused(string name, object value, string code, string why)
    {
        _trainer.Data("train.parquet", FlightData.Select(50));
        var request = _trainer.Request("late", ModelTask.BinaryClassification) with
        {
            Parameters = new Dictionary<string, ParameterValue>
            {
                [name] = value switch
                {
                    double number => ParameterValue.Of(number),
                    bool flag => ParameterValue.Of(flag),
                    _ => ParameterValue.Of((string)value),
                },
            },
        };

        var exit = await _trainer.Run(request, cancellationToken: Token);

        Refused(2, code, exit, $"'{name}'", why);
    }

    [Fact]
    public async Task A_model_that_throws_is_reported_with_its_stack_trace()
    {
        _trainer.Data("train.parquet", FlightData.Select(50));
        var broken = new Definition<Trainer.Flight>(_ => throw new InvalidTimeZoneException("no such zone"));

        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), broken, Token);

        Refused(70, "MLO2232", exit, "InvalidTimeZoneException: no such zone", "   at ");
    }

    [Fact]
    public async Task A_learner_for_another_task_is_refused()
    {
        _trainer.Data("train.parquet", FlightData.Select(50));
        var other = new Definition<Trainer.Flight>(context => Learners.LightGbmRegression(context));

        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), other, Token);

        Refused(2, "MLO2231", exit, "Regression");
    }

    [Fact]
    public async Task Feature_steps_that_end_in_no_vector_are_refused()
    {
        _trainer.Data("train.parquet", FlightData.Select(50));
        var flat = new Definition<Trainer.Flight>(context => Learners.LightGbm(context))
        {
            Steps = context => context.Ml.Transforms.CopyColumns("Copy", "Distance"),
        };

        var exit = await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), flat, Token);

        Refused(2, "MLO2224", exit, "'Features'", "Copy");
    }

    [Theory]
    [InlineData("model.zip", "MLO2233", 2)]
    [InlineData("schema.json", "MLO2001", 2)]
    public async Task A_damaged_model_is_refused(string file, string code, int expected)
    {
        _trainer.Data("train.parquet", FlightData.Select(200));
        _trainer.Data("holdout.parquet", FlightData.Select(20));
        await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);
        File.WriteAllText(Path.Combine(_trainer["run"], "model", file), "damaged");

        var exit = await _trainer.Run(_trainer.ScoreRequest(ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(expected, code, exit, file);
        Assert.False(File.Exists(_trainer["predictions.parquet"]));
    }

    [Fact]
    public async Task Rows_without_ids_cannot_be_scored()
    {
        _trainer.Data("train.parquet", FlightData.Select(200));
        _trainer.Data("holdout.parquet", FlightData.Select(20, columns: "* EXCLUDE (row_id)"));
        await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);

        var exit = await _trainer.Run(_trainer.ScoreRequest(ModelTask.BinaryClassification), cancellationToken: Token);

        Refused(2, "MLO2223", exit, "'row_id'");
    }

    public void Dispose() => _trainer.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private void Refused(int expected, string code, int exit, params string[] words)
    {
        Assert.StartsWith($"error {code}: ", _trainer.Errors, StringComparison.Ordinal);
        Assert.Contains("\n  fix: ", _trainer.Errors.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, _trainer.Errors, StringComparison.Ordinal));
        Assert.Equal(expected, exit);
    }
}
