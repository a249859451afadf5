using MlOps.Build.Contracts;
using MlOps.Build.Training.Tests.Trainer;

namespace MlOps.Build.Training.Tests;

/// <summary>A folder with made-up data, and a trainer that runs in this process.</summary>
internal sealed class TrainerFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-training-");

    public string Errors { get; private set; } = string.Empty;

    public Dictionary<string, string> Environment { get; } = [];

    public Stream? Input { get; init; }

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Data(string name, string select) => ParquetTable.Write(this[name], select);

    public TrainRequest Request(string label, ModelTask task, string output = "run") => new()
    {
        OutputDirectory = this[output],
        TrainData = this["train.parquet"],
        ValidationData = null,
        Columns = new ColumnRoles
        {
            Id = "row_id",
            Label = label,
            Time = "scheduled_departure",
            Group = null,
            Ignore = [],
            Sensitive = [],
        },
        Task = task,
        Seed = 42,
        Threads = 1,
        Parameters = new Dictionary<string, ParameterValue> { ["trees"] = ParameterValue.Of(20) },
        Budget = new TrainingBudget { Seconds = null, Bytes = null },
    };

    public ScoreRequest ScoreRequest(ModelTask task, string output = "run") => new()
    {
        ModelDirectory = Path.Combine(this[output], "model"),
        Data = this["holdout.parquet"],
        Output = this["predictions.parquet"],
        Columns = Request("late", task).Columns,
        Task = task,
        Threads = 1,
    };

    public Task<int> Run<T>(T request, IModelDefinition? definition = null, CancellationToken cancellationToken = default)
        where T : class, IDocument
    {
        AtomicFile.Write(this["request.json"], request);
        return Run(definition, cancellationToken, "--request", this["request.json"]);
    }

    public async Task<int> Run(IModelDefinition? definition, CancellationToken cancellationToken, params string[] args)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var error = new StringWriter();
        var world = new HostWorld
        {
            Variable = name => Environment.GetValueOrDefault(name),
            Error = error,
            Input = Input ?? Stream.Null,
            StopsWhenInputEnds = Input is not null,
            Time = TimeProvider.System,
        };
        var exit = await new RequestRun(world, definition ?? new LateFlights()).RunAsync(args, stop);
        Errors = error.ToString();
        return exit;
    }

    public TrainingRecord Record(string output = "run")
        => Documents.Read<TrainingRecord>(Path.Combine(this[output], "training.json"));

    public string[] Events(string output = "run") => File.ReadAllLines(Path.Combine(this[output], "events.jsonl"));

    public void Dispose() => _folder.Delete(recursive: true);
}
