using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Hosts.Local;

/// <summary>A laptop, or a build server nobody taught us: prints what would be sent and sends nothing.</summary>
/// <param name="environment">The variables of this process.</param>
/// <param name="inputs">What was given with <c>--input</c>.</param>
/// <param name="log">Where it prints.</param>
public sealed class LocalHost(IEnvironment environment, IReadOnlyDictionary<string, string> inputs, TextWriter log) : IPipelineHost
{
    public HostState State { get; } = HostProbe.Of(environment);

    public HostLimits Limits { get; } = new(MarkdownFlavour.GitHub, MarkdownBudget.Comment, Annotations: 5);

    public PullRequestIdentity? PullRequest => null;

    public string? Input(TaskInput input) => inputs.GetValueOrDefault(input.Name)?.Trim() is { Length: > 0 } value ? value : null;

    public void Mask(string secret)
    {
    }

    public IDisposable Group(string title)
    {
        Say("group", title);
        return new Nothing();
    }

    public void Annotate(HostAnnotation annotation)
        => Say(
            annotation.Level.ToString().ToLowerInvariant(),
            string.Create(CultureInfo.InvariantCulture, $"{annotation.File}{(annotation.Line is { } line ? $":{line}" : string.Empty)} {annotation.Title}: {annotation.Message}").TrimStart());

    public void SetOutput(string name, string value) => Say("output", $"{name}={value}");

    public Task SummariseAsync(string markdown, CancellationToken cancellationToken)
    {
        Say("summary", string.Create(CultureInfo.InvariantCulture, $"{markdown.Length} characters of Markdown"));
        return Task.CompletedTask;
    }

    public Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken)
    {
        Say("attachment", $"{attachment.Name}: {attachment.Path}");
        return Task.FromResult(Delivery.Ok);
    }

    public Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken)
    {
        Say("comment", $"for {comment.Model} at {comment.HeadSha}{(comment.ReplaceOnly ? ", only in place of one that stands there" : string.Empty)}");
        foreach (var line in comment.Markdown.TrimEnd().Split('\n'))
        {
            log.WriteLine("  | " + OutputNeutraliser.Neutralise(line));
        }

        return Task.FromResult(Delivery.Ok);
    }

    public Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken)
    {
        Say("status", $"{status.Name}: {status.State.ToString().ToLowerInvariant()}, {status.Description}");
        return Task.FromResult(Delivery.Ok);
    }

    public Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<HostApproval>>([]);

    public Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken)
        => throw new ProblemException(new(
            "MLO2903",
            "There is no identity token on this machine.",
            "Only a build server vouches for its jobs.",
            "Run this on GitHub Actions or Azure DevOps.")
        { Exit = ExitCode.Unavailable });

    public void Complete(HostConclusion conclusion, string message) => Say("conclusion", $"{conclusion.ToString().ToLowerInvariant()}: {message}");

    private void Say(string what, string text)
        => log.WriteLine($"would send {what}: {string.Join(' ', text.Split('\n').Select(OutputNeutraliser.Neutralise))}");

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
