namespace MlOps.Build.Contracts;

/// <summary>What <c>mlops ci report</c> with a bundle answers: what became of the reports that another run left behind.</summary>
public sealed record FollowAnswer : IDocument
{
    /// <inheritdoc/>
    public static string SchemaId => "mlops/follow/1";

    /// <inheritdoc/>
    public string Schema { get; init; } = SchemaId;

    /// <summary>The page of the run that is followed, as the host names it, or null.</summary>
    public required string? Page { get; init; }

    /// <summary>The open pull requests that have the run's commit as their head.</summary>
    public required long[] PullRequests { get; init; }

    /// <summary>The reports, one a model.</summary>
    public required FollowedReport[] Reports { get; init; }

    /// <summary>The models whose comment was replaced by one that says that nothing was judged.</summary>
    public required string[] NotJudged { get; init; }
}

/// <summary>A report that another run left behind.</summary>
/// <param name="Model">The model.</param>
/// <param name="Mode">On a sample or on all rows.</param>
/// <param name="Verdict">The verdict, which is advice.</param>
/// <param name="VerdictDigest">Digest of the verdict in canonical form.</param>
public sealed record FollowedReport(string Model, RunMode Mode, VerdictKind Verdict, string VerdictDigest);
