namespace MlOps.Build.Contracts;

/// <summary>
/// Everything a report is made from: <c>report.json</c>. Comments and pages are made from this document and never from
/// Markdown that somebody else wrote; the digests inside it tie its parts together.
/// </summary>
public sealed record ReportDocument : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/report/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The pipeline run.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>What was measured.</summary>
    public required Evaluation Evaluation { get; init; }

    /// <summary>The gate's answer.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Digest of the verdict in canonical form.</summary>
    public required string VerdictDigest { get; init; }

    /// <summary>What to do next.</summary>
    public required NextStep[] NextSteps { get; init; }
}
