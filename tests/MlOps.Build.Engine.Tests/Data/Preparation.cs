using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

/// <summary>A dataset of flights and a plan for it.</summary>
public sealed class Preparation : IDisposable
{
    public const string Snapshot = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    public DataFolder Folder { get; init; } = new();

    public DataConfiguration Data { get; set; } = new()
    {
        Source = "flights.csv",
        Id = ["id"],
        Label = "late",
        Time = "when",
        Slices = ["origin"],
        Sensitive = ["plane"],
    };

    public SplitConfiguration Split { get; set; } = new();

    public SampleConfiguration Sample { get; set; } = new() { Rows = 200, Seeds = 2 };

    public ModelTask Task { get; set; } = ModelTask.BinaryClassification;

    public RunMode Mode { get; set; } = RunMode.Pr;

    public int Threads { get; set; } = 2;

    public string Out => Folder.At("out");

    public static IEnumerable<FlightRow> Flights(int rows, int from = 0)
        => Enumerable.Range(from, rows).Select(i => new FlightRow(
            $"F{i:00000}",
            new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i * 7 % 10_007),
            $"P{i * 31 % 97}",
            (i % 3) switch { 0 => "JFK", 1 => "LGA", _ => "EWR" },
            100 + i % 50,
            i * 13 % 5 == 0));

    public static Preparation Of(IEnumerable<FlightRow> rows, string path = "flights.csv")
    {
        var preparation = new Preparation();
        preparation.Folder.WithRows(path, rows);
        preparation.Data = preparation.Data with { Source = path };
        return preparation;
    }

    public PreparedSplit Plan() => new DataPreparation(
        Folder.Root, Folder.Settings with { Threads = Threads }, Folder).Plan(new DataPlan
        {
            Data = Data,
            Split = Split,
            Sample = Sample,
            Task = Task,
            Mode = Mode,
            SnapshotDigest = Snapshot,
        });

    public Problem Refusal() => Assert.Throws<ProblemException>(Plan).Problem;

    public Prepared Run(long seed = 42, string? folder = null)
    {
        var split = Plan();
        return new Prepared(
            split.Record, split.WriteTraining(folder ?? Out, seed), split.WriteHoldout(folder ?? Out), Folder);
    }

    public void Dispose() => Folder.Dispose();
}

/// <summary>What was written.</summary>
public sealed record Prepared(SplitRecord Split, PreparedTraining Training, PreparedHoldout Holdout, DataFolder Folder)
{
    public HashSet<string> TrainIds => Ids(Training.Train!);

    public HashSet<string> ValidationIds => Training.Validation is { } path ? Ids(path) : [];

    public HashSet<string> HoldoutIds => Ids(Holdout.Data);

    public HashSet<string> SampleIds(int replicate) => Ids(Training.Replicates[replicate].Train);

    public string[] Digests =>
    [
        .. new[] { Training.Train, Training.Validation, Holdout.Data, Holdout.Labels }
            .Concat(Training.Replicates.Select(replicate => replicate.Train))
            .OfType<string>()
            .Select(Digest.OfFile),
    ];

    private HashSet<string> Ids(string path)
    {
        var ids = Folder.Texts(path, "row_id");
        var distinct = ids.ToHashSet();
        Assert.Equal(ids.Count, distinct.Count);
        return distinct;
    }
}
