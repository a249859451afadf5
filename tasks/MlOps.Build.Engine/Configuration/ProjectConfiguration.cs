using System.Globalization;
using System.Text.Json.Serialization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Everything <c>mlops.yml</c> says, with defaults filled in. Paths are as written, relative to the project root.</summary>
public sealed record ProjectConfiguration
{
    public required string Model { get; init; }

    public IReadOnlyList<string> Owners { get; init; } = [];

    public required ModelTask Task { get; init; }

    public required DataConfiguration Data { get; init; }

    public SplitConfiguration Split { get; init; } = new();

    public SampleConfiguration Sample { get; init; } = new();

    public RegistryConfiguration Registry { get; init; } = new();

    public required TrainConfiguration Train { get; init; }

    public required ProgramConfiguration Score { get; init; }

    public GateConfiguration Gate { get; init; } = new();

    public IReadOnlyList<EnvironmentConfiguration> Environments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Model card fields, copied into the model package.</summary>
    public IReadOnlyDictionary<string, string> Card { get; init; } = new Dictionary<string, string>();
}

/// <summary>The dataset.</summary>
public sealed record DataConfiguration
{
    /// <summary>A file, a glob or a folder of CSV or Parquet files.</summary>
    public required string Source { get; init; }

    /// <summary>The columns of the unique row key; empty: digest of the row plus its ordinal among equals.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    public required string Label { get; init; }

    /// <summary>For binary classification: the label value that counts as positive; null: 1, true or yes.</summary>
    public string? Positive { get; init; }

    public string? Time { get; init; }

    public string? Group { get; init; }

    public IReadOnlyList<string> Ignore { get; init; } = [];

    public IReadOnlyList<string> Slices { get; init; } = [];

    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>Slice and sensitive columns of numbers that are cut into bands, by column.</summary>
    public IReadOnlyDictionary<string, BandConfiguration> Bands { get; init; }
        = new Dictionary<string, BandConfiguration>();

    /// <summary>The data contract, by column.</summary>
    public IReadOnlyDictionary<string, ColumnExpectation> Expect { get; init; }
        = new Dictionary<string, ColumnExpectation>();
}

/// <summary>How the numbers of a column are cut into bands.</summary>
public sealed record BandConfiguration
{
    /// <summary>Where one band ends and the next begins, ascending; a number on an edge belongs to the band above.</summary>
    public IReadOnlyList<double> Edges { get; init; } = [];

    /// <summary>Without edges: how many bands of about as many rows.</summary>
    public int? Quantiles { get; init; }
}

/// <summary>What a column must look like; null is not checked.</summary>
public sealed record ColumnExpectation
{
    /// <summary><c>int</c>, <c>float</c>, <c>text</c>, <c>bool</c>, <c>date</c> or <c>timestamp</c>.</summary>
    public string? Type { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>The greatest share of missing values, 0 to 1.</summary>
    public double? Nulls { get; init; }

    /// <summary>The only values allowed.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public bool? Unique { get; init; }
}

/// <summary>How rows are divided; shares are fractions of all rows.</summary>
public sealed record SplitConfiguration
{
    public SplitMethod By { get; init; } = SplitMethod.Hash;

    public double Holdout { get; init; } = 0.2;

    public double Validation { get; init; } = 0.1;

    /// <summary>For a time split: rows this close before a boundary are left out.</summary>
    public TimeSpan Gap { get; init; }

    /// <summary>For a time split: whether rows of groups that straddle a boundary are left out.</summary>
    public bool Purge { get; init; }
}

/// <summary>What a pull request trains on.</summary>
public sealed record SampleConfiguration
{
    public long Rows { get; init; } = 20_000;

    /// <summary>The column whose shares are kept; null: the label for classification, nothing for regression.</summary>
    public string? Stratify { get; init; }

    /// <summary>How many replicates, each with its own sample and trainer seed.</summary>
    public int Seeds { get; init; } = 3;
}

/// <summary>Where the registry lives.</summary>
public sealed record RegistryConfiguration
{
    /// <summary><c>folder</c> or <c>git</c>.</summary>
    public string Store { get; init; } = "folder";

    /// <summary>The folder of the store <c>folder</c>.</summary>
    public string Path { get; init; } = ".mlops/registry";

    /// <summary>The branch of the store <c>git</c>.</summary>
    public string Branch { get; init; } = "mlops-registry";

    /// <summary>The remote of the store <c>git</c>; null: <c>origin</c>, or this clone alone where there is no remote.</summary>
    public string? Remote { get; init; }
}

/// <summary>A program: a project that is built once, or a command that is started as it is, never through a shell.</summary>
public record ProgramConfiguration
{
    /// <summary>A project file or folder; null when <see cref="Command"/> is set.</summary>
    public string? Project { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];
}

/// <summary>How a model is trained.</summary>
public sealed record TrainConfiguration : ProgramConfiguration
{
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }
        = new Dictionary<string, ParameterValue>();

    public int Seed { get; init; } = 42;

    /// <summary>Threads a trainer may use; fixed, because results may depend on it.</summary>
    public int Threads { get; init; } = 2;

    public TimeSpan? BudgetTime { get; init; }

    public long? BudgetMemoryBytes { get; init; }

    public StopConfiguration Stop { get; init; } = new();
}

/// <summary>When the engine stops a training before its end.</summary>
public sealed record StopConfiguration
{
    /// <summary>Steps without a better value; null: never.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether a NaN, infinite or exploding metric stops the training.</summary>
    public bool Diverged { get; init; } = true;

    /// <summary>The value that is good enough; null: none.</summary>
    public double? Target { get; init; }
}

/// <summary>The gate's policy.</summary>
public sealed record GateConfiguration
{
    /// <summary>The primary metric; null: auc, macro-f1 or rmse by task.</summary>
    public string? Primary { get; init; }

    public IReadOnlyList<GateRule> Rules { get; init; } = [];

    /// <summary>Rules that are set aside for a time.</summary>
    public IReadOnlyList<WaiverConfiguration> Waivers { get; init; } = [];

    /// <summary>The files whose rules and settings these are, the deepest first; their texts' digests do not count in that of the policy, what they say does.</summary>
    [JsonIgnore]
    public IReadOnlyList<PolicySource> Policies { get; init; } = [];

    /// <summary>The level of every one-sided bound.</summary>
    public double Confidence { get; init; } = 0.95;

    public int Resamples { get; init; } = 2000;

    /// <summary>Score at or above which a row is predicted positive, where none is chosen.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>How each model's threshold is chosen on validation rows; null: <see cref="Threshold"/> is that of all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ThresholdRule? Choose { get; init; }

    public bool RequireBetter { get; init; }

    /// <summary>The columns in which slices are looked for where the challenger is worse; empty: all; <c>none</c>: nowhere.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Whether weak slices are looked for at all.</summary>
    [JsonIgnore]
    public bool Searches => Search is not [NoSearch];

    /// <summary>The word that turns the search for weak slices off.</summary>
    internal const string NoSearch = "none";

    /// <summary>Slices and groups with fewer rows are listed, not judged.</summary>
    public int MinimumSupport { get; init; } = 200;

    /// <summary>Groups with fewer rows are left out of fairness rules and named.</summary>
    public int MinimumGroupSupport { get; init; } = 100;

    /// <summary>Watts of a busy core, for estimates of energy; null: a stated default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Watts { get; init; }

    /// <summary>Grams of CO2e for a kilowatt-hour of the grid; null: a stated default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Grid { get; init; }

    /// <summary>How often each side scores for rules about what that costs; null: 5 times.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ScoreRounds { get; init; }

    /// <summary>What an inconclusive verdict does to the exit code; null: warn for a pull request, fail for a release.</summary>
    public OnInconclusive? OnInconclusive { get; init; }

    /// <summary>How long a verdict may be approved.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromDays(14);
}

/// <summary>What an inconclusive verdict does.</summary>
public enum OnInconclusive
{
    /// <summary>Exit code 0.</summary>
    Warn,

    /// <summary>Exit code 4.</summary>
    Fail,
}

/// <summary>One line of the policy; the conditions it names all have to hold.</summary>
public sealed record GateRule
{
    /// <summary>The metric, such as <c>auc</c>; null: the primary metric.</summary>
    public string? Metric { get; init; }

    /// <summary>A fairness metric such as <c>equalized-odds-difference</c> instead of <see cref="Metric"/>.</summary>
    public string? Fairness { get; init; }

    /// <summary>A finding about data or predictions that must not be there, such as <c>leakage</c>, instead of <see cref="Metric"/>.</summary>
    public string? Data { get; init; }

    /// <summary>What a model costs, such as <c>model-size</c>, instead of <see cref="Metric"/>; limits are bytes or seconds.</summary>
    public string? Footprint { get; init; }

    /// <summary>For a fairness rule: the sensitive columns whose groups are held against each other.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Null: prove for the whole holdout, alarm for slices and groups.</summary>
    public RuleKind? Kind { get; init; }

    /// <summary>The slice columns; empty: the whole holdout.</summary>
    public IReadOnlyList<string> Slices { get; init; } = [];

    public double? AtLeast { get; init; }

    public double? AtMost { get; init; }

    public Margin? NoWorseBy { get; init; }

    public bool Advisory { get; init; }

    /// <summary>The policy file it stands in; null is mlops.yml.</summary>
    public string? From { get; init; }

    /// <summary>The environment that a model may not enter where it does not hold; null: the rule belongs to the verdict itself.</summary>
    public string? Environment { get; init; }

    /// <summary>Where the rule stands in its file.</summary>
    public SourcePlace? Place { get; init; }
}

/// <summary>A failed rule that two people let pass for a time.</summary>
public sealed record WaiverConfiguration
{
    /// <summary>The rule's metric, or fairness metric.</summary>
    public required string Rule { get; init; }

    /// <summary>The column of its slices or groups; null: the rule on the whole holdout.</summary>
    public string? Column { get; init; }

    /// <summary>One slice of the column; null: all of them.</summary>
    public string? Value { get; init; }

    /// <summary>Who: at least two people.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    public required string Why { get; init; }

    /// <summary>The last day it counts, UTC.</summary>
    [JsonIgnore]
    public DateOnly Until { get; init; }

    /// <summary>The same as documents have it: a date of its own would cost each start the compilation of a serializer.</summary>
    [JsonPropertyName("until")]
    public string LastDay => Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The policy file it stands in; null is mlops.yml.</summary>
    public string? From { get; init; }

    /// <summary>Where it stands in its file.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>Whether two different people stand behind it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsByTwo => By.Select(name => name.Trim().ToUpperInvariant()).Where(name => name.Length > 0).Distinct().Count() > 1;
}

/// <summary>A margin: absolute in the unit of the metric, or relative to the baseline's value.</summary>
public sealed record Margin(double Value, bool Relative);

/// <summary>Where a model can be deployed.</summary>
public sealed record EnvironmentConfiguration
{
    public required string Name { get; init; }

    /// <summary><c>folder</c>.</summary>
    public string Target { get; init; } = "folder";

    public required string Path { get; init; }

    /// <summary>How many approvals a deployment needs.</summary>
    public int Approvals { get; init; }

    public IReadOnlyList<ApproverConfiguration> Approvers { get; init; } = [];

    /// <summary>Whether the author of the commit may approve.</summary>
    public bool AllowSelfApproval { get; init; } = true;

    /// <summary>Which approvals count.</summary>
    public IReadOnlyList<ApprovalSource> ApprovalSources { get; init; } = [ApprovalSource.LocalKey];

    /// <summary>Whether a reviewer's comment on the build server has to hold the beginning of the model's digest.</summary>
    public bool RequireDigestInComment { get; init; }

    /// <summary>Whether the verdict has to be attested.</summary>
    public bool RequireAttestation { get; init; }

    /// <summary>Whose attestation counts.</summary>
    public IReadOnlyList<ApproverConfiguration> Attesters { get; init; } = [];

    /// <summary>Whether the policy has to have passed <c>mlops gate selftest</c>.</summary>
    public bool RequireCertificate { get; init; }

    /// <summary><c>replace</c>.</summary>
    public string Strategy { get; init; } = "replace";
}

/// <summary>Somebody whose signature counts.</summary>
/// <param name="Name">The name.</param>
/// <param name="PublicKey">A PEM file with an ECDSA P-256 public key, relative to the project root.</param>
public sealed record ApproverConfiguration(string Name, string PublicKey)
{
    /// <summary>Other names of the same person: logins, mail addresses, ids.</summary>
    public IReadOnlyList<string> Logins { get; init; } = [];
}
