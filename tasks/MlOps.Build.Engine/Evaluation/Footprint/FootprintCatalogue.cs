using System.Globalization;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>What a model costs, as far as a run measures it itself.</summary>
internal static class FootprintCatalogue
{
    public const string ModelSize = "model-size";
    public const string TrainingTime = "training-time";
    public const string TrainingCpu = "training-cpu";
    public const string TrainingMemory = "training-memory";
    public const string Energy = "energy";
    public const string ScoreTime = "score-time";
    public const string ScoreMemory = "score-memory";
    public const string ColdStart = "cold-start";

    private const string NoRow = "A scorer answers all rows at once, so there is no time of a single row.";

    /// <summary>Each with its unit.</summary>
    public static IReadOnlyDictionary<string, string> Units { get; } = new Dictionary<string, string>
    {
        [ModelSize] = "B",
        [TrainingTime] = "s",
        [TrainingCpu] = "s",
        [TrainingMemory] = "B",
        [Energy] = "Wh",
        [ScoreTime] = "s",
        [ScoreMemory] = "B",
        [ColdStart] = "s",
    };

    /// <summary>What people ask for and no run measures, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> WhyNot { get; } = new Dictionary<string, string>
    {
        ["score-p50"] = NoRow,
        ["score-p95"] = NoRow,
        ["score-p99"] = NoRow,
        ["load-time"] = "A scorer does not say when its model is loaded; `cold-start` holds it, with the start of the program and one row.",
    };

    /// <summary>Whether both sides have to score anew for it.</summary>
    public static bool IsOfScoring(string name) => name is ScoreTime or ScoreMemory or ColdStart;

    /// <summary>What is measured for it: energy is an estimate from processor time.</summary>
    public static string Measured(string name) => name == Energy ? TrainingCpu : name;

    public static string Title(string name) => name switch
    {
        ModelSize => "size of the model",
        TrainingCpu => "processor time of training",
        TrainingMemory => "peak memory of training",
        Energy => "estimated energy of training",
        ScoreTime => "time of scoring",
        ScoreMemory => "peak memory of scoring",
        ColdStart => "cold start",
        _ => "time of training",
    };

    /// <summary>A value with its unit.</summary>
    public static string Text(double value, string unit) => unit switch
    {
        "s" => value.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        "Wh" when Math.Abs(value) >= 1_000 => Some(value / 1_000) + " kWh",
        "Wh" when Math.Abs(value) < 1 => Some(value * 1_000) + " mWh",
        "Wh" => Some(value) + " Wh",
        _ when Math.Abs(value) >= 1_000_000 => Some(value / 1_000_000) + " MB",
        _ when Math.Abs(value) >= 1_000 => Some(value / 1_000) + " kB",
        _ => value.ToString("0", CultureInfo.InvariantCulture) + " B",
    };

    private static string Some(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);
}
