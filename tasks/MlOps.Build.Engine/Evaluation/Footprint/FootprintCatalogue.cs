using System.Globalization;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What a model costs, as far as a run measures it itself.</summary>
internal static class FootprintCatalogue
{
    public const string ModelSize = "model-size";
    public const string TrainingTime = "training-time";

    private const string NoService = "No run starts a service, so there is nothing to measure.";
    private const string NoRow = "A scorer answers all rows at once, so there is no time of a single row.";
    private const string NoScoring = "Predictions are kept and used again; what a scoring costs is not measured.";

    /// <summary>Each with its unit.</summary>
    public static IReadOnlyDictionary<string, string> Units { get; } = new Dictionary<string, string> { [ModelSize] = "B", [TrainingTime] = "s" };

    /// <summary>What people ask for and no run measures, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["training-memory"] = "The memory of a training is looked at a few times a second, to stop it; that is too coarse to compare two models by.",
        ["energy"] = "It is made of CPU seconds, and those of a training are only known from the trainer itself, which is not trusted.",
        ["score-time"] = NoScoring,
        ["score-memory"] = NoScoring,
        ["score-p50"] = NoRow,
        ["score-p95"] = NoRow,
        ["score-p99"] = NoRow,
        ["cold-start"] = NoService,
        ["load-time"] = NoService,
    };

    public static string Title(string name) => name == ModelSize ? "size of the model" : "time of training";

    /// <summary>A value with its unit.</summary>
    public static string Text(double value, string unit)
        => unit == "s" ? value.ToString("0.00", CultureInfo.InvariantCulture) + " s"
            : Math.Abs(value) >= 1_000_000 ? (value / 1_000_000).ToString("0.0##", CultureInfo.InvariantCulture) + " MB"
            : Math.Abs(value) >= 1_000 ? (value / 1_000).ToString("0.0##", CultureInfo.InvariantCulture) + " kB"
            : value.ToString("0", CultureInfo.InvariantCulture) + " B";
}
