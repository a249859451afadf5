using System.Diagnostics;
using System.IO.Pipelines;
using MlOps.Build.Contracts;
using MlOps.Build.Training.Tests.Trainer;

namespace MlOps.Build.Training.Tests;

public sealed class StopTests : IDisposable
{
    private readonly TrainerFixture _trainer = new();

    [Fact]
    public async Task A_training_that_is_told_to_terminate_ends_politely_and_leaves_no_model()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        _trainer.Data("train.parquet", FlightData.Select(3000));
        using var process = TrainerProcess.Start(_trainer, Endless());
        await Learning();

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(Token);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["events.jsonl"], Directory.EnumerateFileSystemEntries(_trainer["run"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Where_there_are_no_signals_the_end_of_stdin_stops_a_training()
    {
        var pipe = new Pipe();
        using var trainer = new TrainerFixture { Input = pipe.Reader.AsStream() };
        trainer.Data("train.parquet", FlightData.Select(3000));
        AtomicFile.Write(trainer["request.json"], Endless() with { OutputDirectory = trainer["run"], TrainData = trainer["train.parquet"] });
        trainer.Environment["MLOPS_REQUEST"] = trainer["request.json"];
        var closes = new Definition<Flight>(context =>
        {
            pipe.Writer.Complete();
            return Learners.LightGbm(context);
        });

        var exit = await trainer.Run(closes, Token);

        Assert.Equal(130, exit);
        Assert.False(File.Exists(Path.Combine(trainer["run"], "training.json")));
    }

    [Theory]
    [InlineData(nameof(Learners.LightGbm))]
    [InlineData(nameof(Learners.FastTreeBinary))]
    [InlineData(nameof(Learners.SdcaBinary))]
    public async Task A_learner_can_be_stopped_while_it_learns(string name)
    {
        _trainer.Data("train.parquet", FlightData.Select(3000, columns: "* REPLACE (coalesce(air_time, 100) AS air_time)"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var definition = new Definition<Flight>(context =>
        {
            return name switch
            {
                nameof(Learners.FastTreeBinary) => Learners.FastTreeBinary(
                    context, options => options.NumberOfTrees = 1_000_000),
                nameof(Learners.SdcaBinary) => Learners.SdcaBinary(
                    context,
                    options => (options.MaximumNumberOfIterations, options.ConvergenceCheckFrequency) = (1_000_000, 1_000_000)),
                _ => Learners.LightGbmBinary(context, options => options.NumberOfIterations = 1_000_000),
            };
        })
        {
            Steps = context =>
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(300));
                return FeatureSteps.EncodeScaled<Flight>(context);
            },
        };
        var request = Endless() with { Parameters = new Dictionary<string, ParameterValue>() };

        var exit = await _trainer.Run(request, definition, stop.Token);

        Assert.True(exit == 130, _trainer.Errors);
        Assert.Contains("stopped", _trainer.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_trainer["run"], "training.json")));
    }

    [Fact]
    public async Task Scoring_that_is_stopped_writes_nothing()
    {
        _trainer.Data("train.parquet", FlightData.Select(300));
        _trainer.Data("holdout.parquet", FlightData.Select(300));
        await _trainer.Run(_trainer.Request("late", ModelTask.BinaryClassification), cancellationToken: Token);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        var exit = await _trainer.Run(_trainer.ScoreRequest(ModelTask.BinaryClassification), cancellationToken: stopped.Token);

        Assert.Equal(130, exit);
        Assert.False(File.Exists(_trainer["predictions.parquet"]));
    }

    public void Dispose() => _trainer.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TrainRequest Endless() => _trainer.Request("late", ModelTask.BinaryClassification) with
    {
        Parameters = new Dictionary<string, ParameterValue> { ["trees"] = ParameterValue.Of(100_000) },
    };

    private async Task Learning()
    {
        var events = Path.Combine(_trainer["run"], "events.jsonl");
        while (!File.Exists(events) || !(await File.ReadAllTextAsync(events, Token)).Contains("learns from", StringComparison.Ordinal))
        {
            await Task.Delay(20, Token);
        }
    }
}
