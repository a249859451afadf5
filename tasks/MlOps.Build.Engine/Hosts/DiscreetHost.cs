using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Hosts;

/// <summary>A host that is told its secrets before anything else, and gets no text that looks like one.</summary>
public sealed class DiscreetHost : IPipelineHost
{
    private static readonly string[] JobTokens = ["GITHUB_TOKEN", "SYSTEM_ACCESSTOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN"];

    private readonly IPipelineHost host;

    public DiscreetHost(IPipelineHost host, IEnvironment environment)
    {
        this.host = host;
        var secrets = TaskInputs.All.Where(input => input.Kind == InputKind.Secret).Select(host.Input)
            .Concat(JobTokens.Select(environment.Get))
            .OfType<string>().Where(secret => secret.Length >= 4).Distinct(StringComparer.Ordinal);
        foreach (var secret in secrets)
        {
            host.Mask(secret);
        }
    }

    public HostState State => host.State;

    public HostLimits Limits => host.Limits;

    public PullRequestIdentity? PullRequest => host.PullRequest;

    public Task<FollowedRun> FollowAsync(CancellationToken cancellationToken) => host.FollowAsync(cancellationToken);

    public Task<Withdrawal> WithdrawAsync(IReadOnlySet<string> kept, Func<string, StickyComment> notice, CancellationToken cancellationToken)
        => host.WithdrawAsync(kept, model => Redacted(notice(model)), cancellationToken);

    public string? Input(TaskInput input) => host.Input(input);

    public void Mask(string secret) => host.Mask(secret);

    public IDisposable Group(string title) => host.Group(SecretRedactor.Redact(title));

    public void Annotate(HostAnnotation annotation) => host.Annotate(annotation with
    {
        Title = SecretRedactor.Redact(annotation.Title),
        Message = SecretRedactor.Redact(annotation.Message),
    });

    public void SetOutput(string name, string value) => host.SetOutput(name, value);

    public Task SummariseAsync(string markdown, CancellationToken cancellationToken)
        => host.SummariseAsync(SecretRedactor.Redact(markdown), cancellationToken);

    public Task<Delivery> AttachAsync(HostAttachment attachment, CancellationToken cancellationToken)
        => host.AttachAsync(attachment, cancellationToken);

    public Task<Delivery> CommentAsync(StickyComment comment, CancellationToken cancellationToken)
        => host.CommentAsync(Redacted(comment), cancellationToken);

    public Task<Delivery> SetStatusAsync(HostStatus status, CancellationToken cancellationToken)
        => host.SetStatusAsync(status with { Description = SecretRedactor.Redact(status.Description) }, cancellationToken);

    public Task<IReadOnlyList<HostApproval>> ApprovalsAsync(string environment, CancellationToken cancellationToken)
        => host.ApprovalsAsync(environment, cancellationToken);

    public Task<string> IdentityTokenAsync(string audience, CancellationToken cancellationToken)
        => host.IdentityTokenAsync(audience, cancellationToken);

    public void Complete(HostConclusion conclusion, string message) => host.Complete(conclusion, SecretRedactor.Redact(message));

    private static StickyComment Redacted(StickyComment comment) => comment with { Markdown = SecretRedactor.Redact(comment.Markdown) };
}
