using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Azure Pipelines: logging commands on stdout, threads, statuses and approvals over the API of the service or server.</summary>
public sealed class AzureDevOpsHost : IPipelineHost
{
    private readonly IEnvironment environment;
    private readonly TextWriter commands;
    private readonly AzureNetwork network;
    private readonly AzureJob? job;
    private readonly string? missing;
    private readonly RestTime time;
    private bool refused;
    private int summaries;

    /// <summary>Reads the job from its variables; nothing is called yet.</summary>
    /// <param name="environment">The variables of this process.</param>
    /// <param name="commands">Where the agent reads commands: stdout.</param>
    /// <param name="network">How it gets to Azure DevOps, and what the time is.</param>
    public AzureDevOpsHost(IEnvironment environment, TextWriter commands, AzureNetwork? network = null)
    {
        this.environment = environment;
        this.commands = commands;
        this.network = network ?? new();
        time = new(this.network.Budget);
        State = HostProbe.Of(environment);
        PullRequest = AzurePullRequest.Of(environment);
        (job, missing) = AzureJob.Of(environment);
    }

    public HostState State { get; }

    public HostLimits Limits { get; } = new(MarkdownFlavour.AzureDevOps, MarkdownBudget.Thread, Annotations: 5, HasStatusPolicy: true);

    public PullRequestIdentity? PullRequest { get; }

    /// <summary>Another job of the same build, whose pull request the agent names.</summary>
    public Task<FollowedRun> FollowAsync(CancellationToken cancellationToken)
        => Task.FromResult(PullRequest is { } pull ? new([pull], pull.HeadSha, null, State.RunUrl, null) : FollowedRun.None("This build is not one of a pull request."));

    public string? Input(TaskInput input)
        => environment.Get(input.AzureVariable)?.Trim() is { Length: > 0 } value ? value : null;

    public void Mask(string secret) => Print(LoggingCommands.Masks(secret));

    public IDisposable Group(string title)
    {
        Print([LoggingCommands.Group(title)]);
        return new GroupEnd(this);
    }

    public void Annotate(HostAnnotation annotation) => Print(LoggingCommands.Annotation(annotation));

    public void SetOutput(string name, string value) => Print([LoggingCommands.Output(name, value)]);

    /// <summary>The agent uploads the file when the step has ended, so it stays.</summary>
    public async Task SummariseAsync(string markdown, CancellationToken cancellationToken)
    {
        var name = LoggingCommands.FileName("MlOps.Build", environment.Get("SYSTEM_STAGENAME"), environment.Get("SYSTEM_JOBNAME"), ++summaries > 1 ? FormattableString.Invariant($"{summaries}") : null);
        var folder = Directory.CreateDirectory(Path.Combine(environment.Get("AGENT_TEMPDIRECTORY") ?? Path.GetTempPath(), "mlops-" + Path.GetRandomFileName()));
        var file = Path.Combine(folder.FullName, name + ".md");
        await File.WriteAllTextAsync(file, markdown, cancellationToken);
        Print([LoggingCommands.Line("task.uploadsummary", [], file)]);
    }

    public Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(attachment.Path);
        if (!File.Exists(file))
        {
            return Task.FromResult(Delivery.Skipped($"There is no file '{attachment.Path}' to keep with the run."));
        }

        var name = LoggingCommands.FileName(environment.Get("SYSTEM_STAGENAME"), environment.Get("SYSTEM_JOBNAME"), attachment.Name);
        Print([attachment.Kind == AttachmentKind.Report
            ? LoggingCommands.Line("task.addattachment", [("type", "mlops-report"), ("name", name)], file)
            : LoggingCommands.Line("artifact.upload", [("containerfolder", "mlops"), ("artifactname", name)], file)]);
        return Task.FromResult(Delivery.Ok);
    }

    public Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken)
        => OnPullRequestAsync(
            async (client, paths, _) =>
            {
                var identity = await BuildService.AskAsync(client, cancellationToken);
                return await new ThreadWriter(client, paths, identity, job!.Origin, network.Time).WriteAsync(comment, cancellationToken);
            },
            cancellationToken);

    public async Task<Withdrawal> WithdrawAsync(IReadOnlySet<string> kept, Func<string, StickyComment> notice, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> models = [];
        var delivery = await OnPullRequestAsync(
            async (client, paths, _) =>
            {
                var identity = await BuildService.AskAsync(client, cancellationToken);
                models = await new ThreadWriter(client, paths, identity, job!.Origin, network.Time).WithdrawAsync(kept, notice, cancellationToken);
                return Delivery.Ok;
            },
            cancellationToken);
        return new(models, delivery.Notice);
    }

    public Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken)
        => OnPullRequestAsync((client, paths, pull) => StatusWriter.WriteAsync(client, paths, pull, status, State.RunUrl, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken)
    {
        if (job is null)
        {
            throw Unknown($"To ask Azure DevOps is not possible: {missing}.");
        }

        var own = this.environment.Get("ENVIRONMENT_NAME");
        if (own != environment)
        {
            throw Unknown($"This job does not deploy into the environment '{environment}' of Azure DevOps{(own is { Length: > 0 } ? $" but into '{own}'" : string.Empty)}.");
        }

        try
        {
            using var client = new RestClient(job.Collection, job.Token, network, time);
            return await StageApprovals.AskAsync(client, job, environment, cancellationToken);
        }
        catch (RestException exception)
        {
            throw Unknown($"{exception.Message}.");
        }
    }

    public Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken)
        => PipelineIdentity.TokenAsync(environment, job, network, time, audience, Mask, cancellationToken);

    public void Complete(HostConclusion conclusion, string message)
        => Print([LoggingCommands.Line("task.complete", [("result", conclusion == HostConclusion.Cancelled ? "Canceled" : conclusion.ToString())], message)]);

    /// <summary>What may not be done is known before a call where it can be, is said once, and never fails a gate.</summary>
    private async Task<Delivery> OnPullRequestAsync(Func<RestClient, PullRequestPaths, PullRequestIdentity, Task<Delivery>> write, CancellationToken cancellationToken)
    {
        if (PullRequest is not { } pull || refused)
        {
            return new(false, null);
        }

        if (Obstacle(pull) is { } obstacle)
        {
            refused = true;
            return Delivery.Skipped($"No comment is written: {obstacle}. The report is in the summary of the run.");
        }

        try
        {
            using var client = new RestClient(job!.Collection, job.Token, network, time);
            return await write(client, new PullRequestPaths(job, pull.Number), pull);
        }
        catch (RestException exception) when (exception.IsDenied)
        {
            refused = true;
            return Delivery.Skipped(BuildService.Denied(job!, exception));
        }
        catch (RestException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Delivery.Skipped($"{exception.Message}. The report is in the summary of the run.");
        }
    }

    private string? Obstacle(PullRequestIdentity pull)
        => pull.IsFork ? "the pull request comes from a fork, and its jobs have no right to write"
            : missing ?? (job is { IsAzureRepos: true, RepositoryId.Length: > 0 } ? null : "the repository does not lie in Azure Repos");

    private static ProblemException Unknown(string why) => new(new(
        "MLO2940",
        "Azure DevOps does not say who approved this stage.",
        why,
        "Deploy from a `deployment` job with that `environment`, and map the token: `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`.")
    { Exit = ExitCode.Unavailable });

    private void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            commands.WriteLine(line);
        }

        commands.Flush();
    }

    private sealed class GroupEnd(AzureDevOpsHost host) : IDisposable
    {
        public void Dispose() => host.Print(["##[endgroup]"]);
    }
}
