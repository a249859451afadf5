using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>GitHub Actions: workflow commands on stdout, outputs and the job summary in files that the runner reads when the step has ended, the rest over its API.</summary>
public sealed class GitHubHost : IPipelineHost
{
    private readonly IEnvironment environment;
    private readonly TextWriter commands;
    private readonly GitHubNetwork network;
    private readonly CallBudget budget;
    private readonly Lazy<PullRequestIdentity?> pullRequest;
    private GitHubCalls? calls;
    private readonly HashSet<string> said = new(StringComparer.Ordinal);
    private bool refused;
    private IReadOnlyList<PullRequestIdentity> followed = [];

    /// <summary>The host of this process.</summary>
    /// <param name="environment">The variables of this process.</param>
    /// <param name="commands">Where the runner reads commands: stdout.</param>
    /// <param name="network">How it gets to GitHub, and what the time is.</param>
    public GitHubHost(IEnvironment environment, TextWriter commands, GitHubNetwork? network = null)
    {
        this.environment = environment;
        this.commands = commands;
        this.network = network ?? new();
        State = HostProbe.Of(environment);
        budget = new(this.network.Time, this.network.Budget);
        pullRequest = new(() => GitHubEvent.PullRequest(environment));
    }

    public HostState State { get; }

    /// <summary>A comment takes 65,536 characters; ten errors and ten warnings of a step are shown, the rest is dropped.</summary>
    public HostLimits Limits { get; } = new(MarkdownFlavour.GitHub, MarkdownBudget.Comment, Annotations: 5);

    public PullRequestIdentity? PullRequest => followed.Count > 0 ? followed[0] : pullRequest.Value;

    public async Task<FollowedRun> FollowAsync(CancellationToken cancellationToken)
    {
        if (GitHubEvent.Finished(environment) is not { } run)
        {
            return FollowedRun.None("This job was not started by 'workflow_run' of a pull request.");
        }

        if (Calls() is not { } open)
        {
            return new([], run.HeadSha, run.Began, run.Page, "The step has no token to look the pull request up with.");
        }

        followed = await open.FindAsync(run, cancellationToken);
        return new(followed, run.HeadSha, run.Began, run.Page, followed.Count == 0 ? "No open pull request has this head any more." : null);
    }

    public async Task<Withdrawal> WithdrawAsync(IReadOnlySet<string> kept, Func<string, StickyComment> notice, CancellationToken cancellationToken)
    {
        var models = new SortedSet<string>(StringComparer.Ordinal);
        var delivery = await EachAsync(followed, (calls, pull) => calls.WithdrawAsync(pull, kept, notice, models, cancellationToken));
        return new([.. models], delivery.Notice);
    }

    private string? Token => Input(TaskInputs.GithubToken) ?? environment.Get("GITHUB_TOKEN");

    public string? Input(TaskInput input)
        => (environment.Get(input.GitHubVariable) ?? environment.Get(input.AzureVariable))?.Trim() is { Length: > 0 } value ? value : null;

    public void Mask(string secret) => Print(WorkflowCommands.Masks(secret));

    public IDisposable Group(string title)
    {
        Print([WorkflowCommands.Line("group", string.Empty, title)]);
        return new GroupEnd(this);
    }

    public void Annotate(HostAnnotation annotation) => Print([WorkflowCommands.Annotation(annotation)]);

    public void SetOutput(string name, string value) => RunnerFiles.Output(environment.Get("GITHUB_OUTPUT"), name, value);

    public Task SummariseAsync(string markdown, CancellationToken cancellationToken)
        => RunnerFiles.SummariseAsync(environment.Get("GITHUB_STEP_SUMMARY"), markdown, cancellationToken);

    public Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken)
        => Task.FromResult(new Delivery(false, null));

    public Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken)
        => EachAsync(
            followed.Count > 0 ? followed : PullRequest is { Queued: false } pull ? [pull] : [],
            (calls, target) => calls.CommentAsync(target, comment, cancellationToken));

    public Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken)
        => PullRequest is { } pull
            ? CallAsync(pull, calls => calls.SetStatusAsync(pull.HeadSha, status, State.RunUrl, cancellationToken))
            : Task.FromResult(new Delivery(false, null));

    public Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken)
        => Calls() is { } open
            ? open.ApprovalsAsync(environment, cancellationToken)
            : throw new ProblemException(new(
                "MLO2921",
                "GitHub does not say who approved this run.",
                "There is no token to ask with.",
                "Give the step the input `github-token: ${{ github.token }}` and the job `permissions: actions: read`.")
            { Exit = ExitCode.Unavailable });

    public async Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken)
    {
        var token = await JobIdentity.TokenAsync(environment, audience, budget, network.Handler, network.Jitter, cancellationToken);
        Mask(token);
        return token;
    }

    /// <summary>GitHub has the exit code and nothing else.</summary>
    public void Complete(HostConclusion conclusion, string message)
    {
    }

    /// <summary>Read at once: a secret is masked before it is used, and what was said stands when the process is ended.</summary>
    private void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            commands.WriteLine(line);
        }

        commands.Flush();
    }

    /// <summary>The same for each pull request; what is to be known of one of several names it.</summary>
    private async Task<Delivery> EachAsync(IReadOnlyList<PullRequestIdentity> pulls, Func<GitHubCalls, PullRequestIdentity, Task<Delivery>> call)
    {
        var all = new Delivery(pulls.Count > 0, null);
        foreach (var pull in pulls)
        {
            var one = await CallAsync(pull, calls => call(calls, pull));
            var notice = one.Notice is { } text && pulls.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"#{pull.Number}: {text}") : one.Notice;
            all = new(all.Done && one.Done, all.Notice ?? notice);
        }

        return all;
    }

    /// <summary>Looks first whether a call can succeed, and says at most once that none can.</summary>
    private async Task<Delivery> CallAsync(PullRequestIdentity pull, Func<GitHubCalls, Task<Delivery>> call)
    {
        if (refused)
        {
            return new(false, null);
        }

        if (pull.IsFork)
        {
            return Refuse("This pull request comes from a fork, whose jobs may not write comments: the report is in the job summary.");
        }

        if (IsReadOnlyBot)
        {
            return Refuse("This pull request comes from Dependabot, whose jobs may only read: the report is in the job summary.");
        }

        if (Calls() is not { } open)
        {
            return Refuse("The step has no token to comment with: the report is in the job summary. With the input `github-token` it can.");
        }

        var delivery = await call(open);
        refused = open.Refused;
        return delivery.Notice is { } notice && !said.Add(notice) ? delivery with { Notice = null } : delivery;
    }

    /// <summary>GitHub gives such a run the token of a fork, although the branch lies in the repository itself.</summary>
    private bool IsReadOnlyBot => environment.Get("GITHUB_EVENT_NAME") == "pull_request" && environment.Get("GITHUB_ACTOR") == "dependabot[bot]";

    private Delivery Refuse(string notice)
    {
        refused = true;
        return Delivery.Skipped(notice);
    }

    /// <summary>The calls, or null without a token. Made here and not before: no other verb loads Octokit.</summary>
    private GitHubCalls? Calls()
        => calls ??= GitHubJob.Of(environment, Token) is { } job ? new(job with { Followed = GitHubEvent.Finished(environment) }, budget, network.Handler, network.Jitter) : null;

    private sealed class GroupEnd(GitHubHost host) : IDisposable
    {
        public void Dispose() => host.Print([WorkflowCommands.Line("endgroup", string.Empty, string.Empty)]);
    }
}
