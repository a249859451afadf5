using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>A host with a pull request that remembers what it was told, and may refuse one kind of it.</summary>
internal sealed class RecordingHost : IPipelineHost
{
    public List<string> Said { get; } = [];

    public List<string> Texts { get; } = [];

    public string? Refuses { get; set; }

    /// <summary>When the first comment arrives.</summary>
    public Action? OnComment { get; set; }

    public HostState State { get; } = new() { Name = "recording", RunUrl = null, Actor = "ana" };

    public HostLimits Limits { get; } = new(MarkdownFlavour.GitHub, MarkdownBudget.Comment, Annotations: 5, HasStatusPolicy: true);

    public PullRequestIdentity? PullRequest { get; } = new() { Number = 7, HeadSha = new('a', 40), BaseBranch = "main", IsFork = false };

    public string? Input(TaskInput input) => null;

    public void Mask(string secret)
    {
    }

    public IDisposable Group(string title) => throw new NotSupportedException();

    public void Annotate(HostAnnotation annotation) => Say("annotation", $"annotation {annotation.Title}");

    public void SetOutput(string name, string value)
    {
    }

    public Task SummariseAsync(string markdown, CancellationToken cancellationToken)
    {
        Texts.Add(markdown);
        Say("summary", "summary");
        return Task.CompletedTask;
    }

    public Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken) => Task.FromResult(Delivery.Ok);

    public Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken)
    {
        Texts.Add(comment.Markdown);
        Say("comment", $"comment {comment.Verdict}{(comment is { ReplaceOnly: true, Verdict: not "running" } ? ", only in place of another" : string.Empty)}");
        var arrived = OnComment;
        OnComment = null;
        arrived?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Delivery.Ok);
    }

    public Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken)
    {
        Say("status", $"status {status.State} {status.Name}");
        return Task.FromResult(Delivery.Ok);
    }

    public Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Complete(HostConclusion conclusion, string message)
    {
    }

    private void Say(string kind, string text)
    {
        Said.Add(text);
        if (kind == Refuses)
        {
            throw new IOException("no room");
        }
    }
}
