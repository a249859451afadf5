using MlOps.Build.Engine.Hosts.Reports;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>A comment of this model by the same login.</summary>
internal sealed record StandingComment(long Id, StickyMarker Marker);

/// <summary>What to do with the comment of a model.</summary>
internal abstract record StickyDecision
{
    private StickyDecision()
    {
    }

    /// <summary>Nothing, and why; without a reason where nobody needs to know.</summary>
    public sealed record Skip(string? Notice) : StickyDecision;

    /// <summary>A new comment.</summary>
    public sealed record Create : StickyDecision;

    /// <summary>The comment is replaced; more of the same model, which two runs at once can make, go.</summary>
    public sealed record Replace(long Id, IReadOnlyList<long> Surplus) : StickyDecision;

    /// <summary>A person deleted a comment: only another verdict than the last one may make a new one.</summary>
    public sealed record CreateWhenChanged : StickyDecision;

    /// <summary>Decides from what stands there.</summary>
    public static StickyDecision Of(StickyComment comment, PullRequestState state, IReadOnlyList<StandingComment> standing)
    {
        if (!string.Equals(state.HeadSha, comment.HeadSha, StringComparison.OrdinalIgnoreCase))
        {
            return new Skip("The pull request has a newer commit than this run: its comment is left to the newer run.");
        }

        if (standing.MaxBy(item => item.Marker.ValidAt) is not { } newest)
        {
            return comment.ReplaceOnly ? new Skip(null) : state.PersonDeletedOurs ? new CreateWhenChanged() : new Create();
        }

        // A notice that a run has begun is no verdict, and one that was reached before may be told again.
        return newest.Marker.Verdict != ReportComment.Running && newest.Marker.Head == comment.HeadSha && newest.Marker.ValidAt > comment.ValidAt
            ? new Skip("A newer run has already commented on this commit.")
            : new Replace(newest.Id, [.. standing.Where(item => item.Id != newest.Id).Select(item => item.Id)]);
    }
}

/// <summary>What is known of the pull request now, not when the run began.</summary>
/// <param name="Login">Whom the token belongs to.</param>
/// <param name="HeadSha">The commit of its head.</param>
/// <param name="HeadBranch">The branch of its head.</param>
/// <param name="PersonDeletedOurs">Whether somebody deleted a comment of this login.</param>
internal sealed record PullRequestState(string Login, string HeadSha, string HeadBranch, bool PersonDeletedOurs);
