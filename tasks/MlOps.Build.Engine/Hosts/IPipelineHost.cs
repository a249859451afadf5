using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;

namespace MlOps.Build.Engine.Hosts;

/// <summary>
/// Where a pipeline runs. A verb does not know it: <c>mlops ci</c> reads inputs here, runs the verb, and hands over what
/// came out. What a host cannot do for want of a right or of a pull request is a <see cref="Delivery"/> that says so, and
/// never a failed gate.
/// </summary>
public interface IPipelineHost
{
    /// <summary>Name, page of the run and who started it.</summary>
    HostState State { get; }

    /// <summary>Whose Markdown it reads, and how much of it.</summary>
    HostLimits Limits { get; }

    /// <summary>The pull request this run is for, or null.</summary>
    PullRequestIdentity? PullRequest { get; }

    /// <summary>
    /// The open pull requests whose job this run follows, found by the head's commit and repository and never by what the
    /// job says of itself; from then on comments and states go to them.
    /// </summary>
    Task<FollowedRun> FollowAsync(CancellationToken cancellationToken)
        => Task.FromResult(FollowedRun.None("This host starts no run after that of a fork."));

    /// <summary>
    /// Puts a notice in place of each comment that reports of the followed workflow left on another model than these: a
    /// verdict about an older commit never stands as if it were about the newest.
    /// </summary>
    /// <param name="kept">The models that the followed run reported on.</param>
    /// <param name="notice">The notice for a model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<Withdrawal> WithdrawAsync(IReadOnlySet<string> kept, Func<string, StickyComment> notice, CancellationToken cancellationToken)
        => Task.FromResult(Withdrawal.Nothing);

    /// <summary>What was given for an input, trimmed; null where it is empty or absent. A default of the catalog is not applied.</summary>
    string? Input(TaskInput input);

    /// <summary>Keeps a value out of the log from now on.</summary>
    void Mask(string secret);

    /// <summary>Folds the lines that are printed until it is disposed.</summary>
    IDisposable Group(string title);

    /// <summary>A remark at a line of a file.</summary>
    void Annotate(HostAnnotation annotation);

    /// <summary>A value for later steps.</summary>
    void SetOutput(string name, string value);

    /// <summary>Shows Markdown on the page of the run.</summary>
    Task SummariseAsync(string markdown, CancellationToken cancellationToken);

    /// <summary>Keeps a file with the run, where the host shows or offers it.</summary>
    Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken);

    /// <summary>Writes, updates or leaves alone the one comment of this model on the pull request.</summary>
    Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken);

    /// <summary>A state of the pull request's head that a branch policy can ask for.</summary>
    Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken);

    /// <summary>Who let this run go on into an environment, as the host itself says.</summary>
    /// <exception cref="ProblemException">The host cannot be asked.</exception>
    Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken);

    /// <summary>A token by which the host vouches for this run (OpenID Connect); masked before it is returned.</summary>
    /// <exception cref="ProblemException">The job may not have one.</exception>
    Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken);

    /// <summary>The last word about the step, where the host knows more than an exit code.</summary>
    void Complete(HostConclusion conclusion, string message);
}
