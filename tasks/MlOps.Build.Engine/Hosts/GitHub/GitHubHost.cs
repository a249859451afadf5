using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>GitHub Actions: workflow commands on stdout, outputs and the job summary in files that the runner reads when the step has ended.</summary>
public sealed class GitHubHost(IEnvironment environment, TextWriter commands) : IPipelineHost
{
    public HostState State { get; } = HostProbe.Of(environment);

    /// <summary>A comment takes 65,536 characters; ten errors and ten warnings of a step are shown, the rest is dropped.</summary>
    public HostLimits Limits { get; } = new(MarkdownFlavour.GitHub, MarkdownBudget.Comment, Annotations: 5);

    public PullRequestIdentity? PullRequest => null;

    public string? Input(TaskInput input)
        => environment.Get(input.GitHubVariable)?.Trim() is { Length: > 0 } value ? value : null;

    public void Mask(string secret) => Command("add-mask", string.Empty, secret);

    public IDisposable Group(string title)
    {
        Command("group", string.Empty, title);
        return new GroupEnd(this);
    }

    public void Annotate(HostAnnotation annotation)
    {
        string?[] properties =
        [
            annotation.File is { } file ? $"file={Property(file)}" : null,
            annotation.Line is { } line ? FormattableString.Invariant($"line={line}") : null,
            $"title={Property(annotation.Title)}",
        ];
        Command(annotation.Level.ToString().ToLowerInvariant(), " " + string.Join(',', properties.OfType<string>()), annotation.Message);
    }

    public void SetOutput(string name, string value)
    {
        if (environment.Get("GITHUB_OUTPUT") is { Length: > 0 } file)
        {
            // A line break would let a value set further outputs.
            File.AppendAllText(file, $"{name}={value.ReplaceLineEndings(" ")}\n");
        }
    }

    public Task SummariseAsync(string markdown, CancellationToken cancellationToken)
        => environment.Get("GITHUB_STEP_SUMMARY") is { Length: > 0 } file
            ? File.AppendAllTextAsync(file, markdown + "\n", cancellationToken)
            : Task.CompletedTask;

    public Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken)
        => Task.FromResult(Delivery.Skipped("A later step keeps files: `actions/upload-artifact` with the output report-path."));

    public Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken)
        => Task.FromResult(Delivery.Skipped("The report is in the job summary."));

    public Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken)
        => Task.FromResult(Delivery.Skipped("The job itself is the check."));

    public Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<HostApproval>>([]);

    public Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken)
        => throw new ProblemException(new(
            "MLO2903",
            "This job has no identity token.",
            "The runner offers none to it.",
            "Add `permissions: id-token: write` to the job.")
        { Exit = ExitCode.Unavailable });

    /// <summary>GitHub has the exit code and nothing else.</summary>
    public void Complete(HostConclusion conclusion, string message)
    {
    }

    private void Command(string name, string properties, string data)
        => commands.WriteLine($"::{name}{properties}::{Data(data)}");

    private static string Data(string text)
        => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text)
        => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private sealed class GroupEnd(GitHubHost host) : IDisposable
    {
        public void Dispose() => host.Command("endgroup", string.Empty, string.Empty);
    }
}
