using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts;

/// <summary>What a host reads.</summary>
/// <param name="Flavour">Its Markdown.</param>
/// <param name="Comment">How much of it one comment takes.</param>
/// <param name="Annotations">How many remarks are shown; more are dropped without a word, so we do not send more.</param>
/// <param name="HasStatusPolicy">Whether a branch asks for a status of its own, not for the job.</param>
public sealed record HostLimits(MarkdownFlavour Flavour, MarkdownBudget Comment, int Annotations, bool HasStatusPolicy = false);

/// <summary>A pull request as the host's own variables and event name it.</summary>
public sealed record PullRequestIdentity
{
    /// <summary>Its number.</summary>
    public required long Number { get; init; }

    /// <summary>The commit of its head, not of the merge that the host made to test it.</summary>
    public required string HeadSha { get; init; }

    /// <summary>The branch it wants to get into, without <c>refs/heads/</c>.</summary>
    public required string BaseBranch { get; init; }

    /// <summary>Whether the head lies in another repository: then there are no secrets and no right to write.</summary>
    public required bool IsFork { get; init; }

    /// <summary>Whether the commit is the merge queue's own: then the head of the pull request is another one.</summary>
    public bool Queued { get; init; }

    /// <summary>Azure DevOps: which push of the pull request this is.</summary>
    public int? Iteration { get; init; }
}

/// <summary>The run that this one was started after.</summary>
/// <param name="PullRequests">Its pull requests: one head may want to get into several branches.</param>
/// <param name="Head">Their head when the run began; null where no run is followed.</param>
/// <param name="Began">When it began, UTC, as the host says.</param>
/// <param name="Page">Its page, as the host names it.</param>
/// <param name="WhyNot">Why there is no pull request, in a sentence; null where there is one.</param>
public sealed record FollowedRun(IReadOnlyList<PullRequestIdentity> PullRequests, string? Head, DateTimeOffset? Began, string? Page, string? WhyNot)
{
    /// <summary>No run is followed.</summary>
    public static FollowedRun None(string why) => new([], null, null, null, why);
}

/// <summary>What became of comments that no report of a run replaced.</summary>
/// <param name="Models">The models whose comment now says that nothing was judged.</param>
/// <param name="Notice">What to know, in a sentence; null when there is nothing to say.</param>
public sealed record Withdrawal(IReadOnlyList<string> Models, string? Notice)
{
    public static Withdrawal Nothing { get; } = new([], null);
}

/// <summary>A remark at a line.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Title">A few words.</param>
/// <param name="Message">What to know; more lines than one are allowed.</param>
/// <param name="File">The file, relative to the repository with <c>/</c>, or null.</param>
/// <param name="Line">The line from 1, or null.</param>
public sealed record HostAnnotation(AnnotationLevel Level, string Title, string Message, string? File = null, int? Line = null);

/// <summary>How grave a remark is.</summary>
public enum AnnotationLevel
{
    Notice,
    Warning,
    Error,
}

/// <summary>A file to keep with the run.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">A name that no other stage, job or model of the run uses.</param>
/// <param name="Kind">What it is.</param>
public sealed record HostAttachment(string Path, string Name, AttachmentKind Kind);

/// <summary>What a kept file is.</summary>
public enum AttachmentKind
{
    /// <summary>A self-contained HTML report.</summary>
    Report,

    /// <summary>A document for another program.</summary>
    Document,
}

/// <summary>The one comment of a model on a pull request.</summary>
public sealed record StickyComment
{
    /// <summary>The model: several in one repository have a comment each.</summary>
    public required string Model { get; init; }

    /// <summary>The commit it speaks of; a comment about another head is not written over a newer one.</summary>
    public required string HeadSha { get; init; }

    /// <summary>When the verdict was reached, UTC: of two comments the newer one stays.</summary>
    public required DateTimeOffset ValidAt { get; init; }

    /// <summary>The verdict, as a word: a comment that a person deleted is written again only when it changes.</summary>
    public required string Verdict { get; init; }

    /// <summary>Digest of the verdict in canonical form, or null where nothing was judged.</summary>
    public required string? VerdictDigest { get; init; }

    /// <summary>Whether there is something to do before merging.</summary>
    public required bool NeedsAction { get; init; }

    /// <summary>Only replaces a comment that stands there: a notice that the judging has begun makes no comment of its own.</summary>
    public bool ReplaceOnly { get; init; }

    /// <summary>The text, within the host's limits, without a marker: the host adds its own.</summary>
    public required string Markdown { get; init; }
}

/// <summary>The state of a pull request's head.</summary>
/// <param name="Name">What a branch policy asks for, such as <c>mlops/gate (late-flights)</c>.</param>
/// <param name="State">The state.</param>
/// <param name="Description">At most 140 characters.</param>
public sealed record HostStatus(string Name, HostStatusState State, string Description);

/// <summary>The state of a check.</summary>
public enum HostStatusState
{
    Pending,
    Succeeded,
    Failed,
    Error,
}

/// <summary>How a task ended.</summary>
public enum HostConclusion
{
    Succeeded,

    /// <summary>Green, with something to look at, on hosts that know such a thing.</summary>
    SucceededWithIssues,
    Failed,
    Cancelled,
}

/// <summary>Somebody who let a run go on.</summary>
/// <param name="Environment">Into which environment of the host.</param>
/// <param name="Approved">False for a rejection.</param>
/// <param name="Approver">The login or unique name.</param>
/// <param name="Comment">What was written with it.</param>
/// <param name="At">When, UTC; null where the host does not say.</param>
/// <param name="Attempt">The attempt of the run it was given for; null where the host does not say.</param>
public sealed record HostApproval(string Environment, bool Approved, string Approver, string? Comment, DateTimeOffset? At, int? Attempt)
{
    /// <summary>What else the host calls them; null: nothing else.</summary>
    public string? ApproverId { get; init; }

    /// <summary>All of it.</summary>
    public IEnumerable<string> Names => ApproverId is { } id ? [Approver, id] : [Approver];
}

/// <summary>What became of something handed to a host.</summary>
/// <param name="Done">Whether it is there now.</param>
/// <param name="Notice">Why not, or what to know, in a sentence; null when there is nothing to say.</param>
public sealed record Delivery(bool Done, string? Notice)
{
    public static Delivery Ok { get; } = new(true, null);

    public static Delivery Skipped(string notice) => new(false, notice);
}
