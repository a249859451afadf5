using MlOps.Build.Contracts;

namespace MlOps.Build.Training.Tests;

public sealed class DeterminismTests
{
    private const string Inputs = "row_id, carrier, origin, distance, air_time, scheduled_departure";

    [Theory]
    [InlineData("late", ModelTask.BinaryClassification)]
    [InlineData("delay", ModelTask.Regression)]
    [InlineData("reason", ModelTask.MulticlassClassification)]
    public async Task Two_processes_that_train_the_same_write_the_same_bytes(string label, ModelTask task)
    {
        using var trainer = new TrainerFixture();
        trainer.Data("train.parquet", FlightData.Select(1500, columns: $"{Inputs}, {label}"));
        trainer.Data("valid.parquet", FlightData.Select(300, 1500, $"{Inputs}, {label}"));
        var request = trainer.Request(label, task) with { ValidationData = trainer["valid.parquet"], Threads = 2 };

        var first = await TrainerProcess.Run(trainer, request with { OutputDirectory = trainer["first"] }, Token);
        var second = await TrainerProcess.Run(trainer, request with { OutputDirectory = trainer["second"] }, Token);

        Assert.Equal((0, 0), (first, second));
        Assert.Equal(Files(trainer["first"]), Files(trainer["second"]));
        Assert.Equal(["model.zip", "schema.json"], Files(trainer["first"]).Select(file => file.Path));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public async Task Another_seed_is_another_model_only_where_chance_plays_a_part(int seed, int threads)
    {
        using var trainer = new TrainerFixture();
        trainer.Data("train.parquet", FlightData.Select(1500, columns: $"{Inputs}, late"));
        var request = trainer.Request("late", ModelTask.BinaryClassification) with
        {
            Threads = threads,
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["trees"] = ParameterValue.Of(10),
                ["rowFraction"] = ParameterValue.Of(0.5),
            },
        };

        await trainer.Run(request with { OutputDirectory = trainer["a"], Seed = seed }, cancellationToken: Token);
        await trainer.Run(request with { OutputDirectory = trainer["b"], Seed = seed }, cancellationToken: Token);
        await trainer.Run(request with { OutputDirectory = trainer["c"], Seed = seed + 1 }, cancellationToken: Token);

        Assert.Equal(Files(trainer["a"]), Files(trainer["b"]));
        Assert.NotEqual(Files(trainer["a"])[0], Files(trainer["c"])[0]);
    }

    [Fact]
    public async Task A_sample_trains_the_same_algorithm_as_all_rows()
    {
        using var trainer = new TrainerFixture();
        var request = trainer.Request("late", ModelTask.BinaryClassification) with
        {
            Parameters = new Dictionary<string, ParameterValue> { ["trees"] = ParameterValue.Of(2) },
        };

        // Above 50,000 rows ML.NET on its own would change the way it splits categories, the learning rate and the leaves.
        trainer.Data("train.parquet", FlightData.Select(500, columns: $"{Inputs}, late"));
        await trainer.Run(request with { OutputDirectory = trainer["sample"] }, cancellationToken: Token);
        trainer.Data("train.parquet", FlightData.Select(60_000, columns: $"{Inputs}, late"));
        await trainer.Run(request with { OutputDirectory = trainer["full"] }, cancellationToken: Token);

        var sample = trainer.Record("sample").Parameters;
        Assert.Equal(sample, trainer.Record("full").Parameters);
        Assert.Equal(
            ["False", "31", "0.1", "20", "True", "True", "42", "1"],
            new[] { "useCategoricalSplit", "numberOfLeaves", "learningRate", "minimumExampleCountPerLeaf", "deterministic", "forceColumnWise", "seed", "numberOfThreads" }
                .Select(name => sample[$"lightGbm.{name}"].ToString()));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static FileDigest[] Files(string output)
        => [.. Directory.EnumerateFiles(Path.Combine(output, "model"))
            .Order(StringComparer.Ordinal)
            .Select(path => new FileDigest(Path.GetFileName(path), new FileInfo(path).Length, Digest.OfFile(path)))];
}
