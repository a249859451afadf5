namespace MlOps.Build.Contracts;

/// <summary>What <c>mlops run</c> answers.</summary>
public sealed record RunResult : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/run-result/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The pipeline run.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Digest of the verdict in canonical form.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>The metrics of the whole holdout, the primary one first.</summary>
    public required MetricResult[] Metrics { get; init; }

    /// <summary>The name of the challenger, such as <c>head@4f2c9e1</c>.</summary>
    public required string Challenger { get; init; }

    /// <summary>The name of what it was compared with, or null.</summary>
    public required string? Baseline { get; init; }

    /// <summary>The self-contained HTML report, relative to the project root, with <c>/</c>.</summary>
    public required string ReportPath { get; init; }

    /// <summary>What to do next: commands with a reason.</summary>
    public required NextStep[] NextSteps { get; init; }

    /// <summary>What the process returns.</summary>
    public required int ExitCode { get; init; }
}

/// <summary>Something to do next.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Reason">Why.</param>
public sealed record NextStep(string Command, string Reason);
