using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Everything a report is made from.</summary>
public sealed record ReportInput
{
    public required RunRecord Run { get; init; }

    public required Evaluation Evaluation { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Digest of the verdict in canonical form.</summary>
    public required string VerdictDigest { get; init; }

    public required IReadOnlyList<NextStep> NextSteps { get; init; }

    /// <summary>The same as a document.</summary>
    public ReportDocument ToDocument() => new()
    {
        Run = Run,
        Evaluation = Evaluation,
        Verdict = Verdict,
        VerdictDigest = VerdictDigest,
        NextSteps = [.. NextSteps],
    };

    /// <summary>What a document says.</summary>
    public static ReportInput Of(ReportDocument document) => new()
    {
        Run = document.Run,
        Evaluation = document.Evaluation,
        Verdict = document.Verdict,
        VerdictDigest = document.VerdictDigest,
        NextSteps = document.NextSteps,
    };
}
