using MlOps.Build.Engine.Hosts.Reports;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>A thread of this model by this identity.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CommentId">The comment that opens it.</param>
/// <param name="Marker">What it says.</param>
/// <param name="IsDeleted">Whether a person deleted it; Azure DevOps keeps it in the list.</param>
/// <param name="Status">Where people or we left it, such as <c>active</c>.</param>
internal sealed record StandingThread(int Id, int CommentId, ThreadMarker Marker, bool IsDeleted, string? Status);

/// <summary>What to do with the thread of a model.</summary>
internal abstract record ThreadDecision
{
    private ThreadDecision()
    {
    }

    /// <summary>Nothing, and why; without a reason where nobody needs to know.</summary>
    public sealed record Skip(string? Notice) : ThreadDecision;

    /// <summary>A new thread.</summary>
    public sealed record Create : ThreadDecision;

    /// <summary>The first comment is replaced, the status only when the verdict changed; surplus threads of the model, which two runs at once can make, go.</summary>
    public sealed record Replace(StandingThread Thread, bool PatchThread, IReadOnlyList<StandingThread> Surplus) : ThreadDecision;

    /// <summary>Decides from what stands there.</summary>
    public static ThreadDecision Of(ThreadMarker wanted, bool replaceOnly, string? headNow, IReadOnlyList<StandingThread> standing)
    {
        if (headNow is not null && !string.Equals(headNow, wanted.Head, StringComparison.OrdinalIgnoreCase))
        {
            return new Skip("The pull request has a newer commit than this run: its comment is left to the newer run.");
        }

        var living = standing.Where(thread => !thread.IsDeleted).OrderByDescending(thread => thread.Marker.ValidAt).ThenBy(thread => thread.Id).ToArray();
        if (living is [var newest, .. var surplus])
        {
            // A notice that a run has begun is no verdict, and one that was reached before may be told again.
            return newest.Marker.Verdict != ReportComment.Running && newest.Marker.Head == wanted.Head && newest.Marker.ValidAt > wanted.ValidAt
                ? new Skip("A newer run has already commented on this commit.")
                : new Replace(newest, IsAnother(wanted, newest.Marker), surplus);
        }

        if (replaceOnly)
        {
            return new Skip(null);
        }

        return standing.MaxBy(thread => thread.Marker.ValidAt) is { } deleted && !IsAnother(wanted, deleted.Marker)
            ? new Skip("A person deleted the comment and the verdict is still the same: it is not written again. The report is in the summary of the run.")
            : new Create();
    }

    private static bool IsAnother(ThreadMarker wanted, ThreadMarker standing) => wanted.Verdict != standing.Verdict || wanted.NeedsAction != standing.NeedsAction;
}
