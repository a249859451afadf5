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
    public const string LoadTime = "load-time";
    public const string Allocations = "allocations";

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
        ["score-p50"] = "s",
        ["score-p95"] = "s",
        ["score-p99"] = "s",
        [LoadTime] = "s",
        [Allocations] = "B",
    };

    /// <summary>The share of single rows that are answered within the time that a rule asks for.</summary>
    public static IReadOnlyDictionary<string, double> RowShares { get; } = new Dictionary<string, double>
    {
        ["score-p50"] = 0.5,
        ["score-p95"] = 0.95,
        ["score-p99"] = 0.99,
    };

    /// <summary>Whether the scorer has to time itself for it: nobody sees a single row or the loading of a model from outside.</summary>
    public static bool IsOfRows(string name) => RowShares.ContainsKey(name) || name is LoadTime or Allocations;

    /// <summary>Whether both sides have to score anew for it.</summary>
    public static bool IsOfScoring(string name) => name is ScoreTime or ScoreMemory or ColdStart || IsOfRows(name);

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
        LoadTime => "time to load the model",
        Allocations => "memory allocated for a row",
        "score-p50" => "median time of a row",
        "score-p95" => "time within which 95 % of rows are answered",
        "score-p99" => "time within which 99 % of rows are answered",
        _ => "time of training",
    };

    /// <summary>A value with its unit.</summary>
    public static string Text(double value, string unit) => unit switch
    {
        "s" when value != 0 && Math.Abs(value) < 1e-3 => Some(value * 1e6) + " µs",
        "s" when value != 0 && Math.Abs(value) < 0.1 => Some(value * 1e3) + " ms",
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
