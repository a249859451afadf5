using LateFlights.Model;
using LateFlights.Training;
using Microsoft.ML;
using MlOps.Build.Contracts;
using MlOps.Build.Training;

[assembly: AssemblyFixture(typeof(LateFlights.Tests.TrainedModel))]

namespace LateFlights.Tests;

/// <summary>A model trained once for all tests, by the trainer itself and on the data beside it.</summary>
public sealed class TrainedModel : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("late-flights-").FullName;
    private PredictionEngine<Flight, FlightPrediction>? _engine;

    /// <summary>What the trainer wrote: <c>model/</c> and <c>training.json</c>.</summary>
    public string Folder => _folder;

    public TrainingRecord Training => Documents.Read<TrainingRecord>(Path.Combine(_folder, "training.json"));

    public async ValueTask InitializeAsync()
    {
        var request = Path.Combine(_folder, "request.json");
        await File.WriteAllBytesAsync(request, Documents.Write(Request()));

        var exitCode = await TrainerHost.RunAsync(["--request", request], new FlightModel());

        Assert.Equal(0, exitCode);
        var context = new MLContext(seed: 1);
        var model = context.Model.Load(Path.Combine(_folder, "model", "model.zip"), out _);
        _engine = context.Model.CreatePredictionEngine<Flight, FlightPrediction>(model);
    }

    public FlightPrediction Predict(Flight flight) => _engine!.Predict(flight);

    public ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private TrainRequest Request() => new()
    {
        OutputDirectory = _folder,
        TrainData = Path.Combine(AppContext.BaseDirectory, "flights.parquet"),
        ValidationData = null,
        Columns = new ColumnRoles
        {
            Id = "flight_id",
            Label = Answer.Column,
            Time = "date",
            Group = null,
            Ignore = [],
            Sensitive = [],
        },
        Task = Answer.Task,
        Seed = 1,
        Threads = 1,
        Parameters = new Dictionary<string, ParameterValue> { ["trees"] = ParameterValue.Of(30) },
        Budget = new TrainingBudget { Seconds = null, Bytes = null },
    };
}
