using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Approval;

/// <summary>Asks the build server who let this run go on.</summary>
public sealed class HostVoucher(IPipelineHost host, IEnvironment environment, bool requiresDigest = false) : IVoucher
{
    public ApprovalSource Source => host.State.Name == "azure-devops" ? ApprovalSource.AzureDevopsApproval : ApprovalSource.GithubReview;

    public async Task<IReadOnlyList<VouchedApproval>> AskAsync(ClearanceRequest request, CancellationToken cancellationToken)
    {
        var run = new HostRun(host.State.RunUrl, Attempt(), Actors(), requiresDigest);
        var given = await host.ApprovalsAsync(request.Environment, cancellationToken);
        // A person's last word counts; where nobody knows which that is, a no does.
        return [.. given.GroupBy(approval => approval.Approver, StringComparer.OrdinalIgnoreCase)
            .Select(words => words.All(word => word.At is not null)
                ? words.MaxBy(word => word.At)!
                : words.FirstOrDefault(word => !word.Approved) ?? words.Last())
            .Select(approval => new VouchedApproval
            {
                Source = Source,
                Approver = approval.Approver,
                Comment = approval.Comment,
                At = approval.At,
                Evidence = new(host.State.RunUrl ?? host.State.Name, run.Attempt, null),
                WhyNot = HostConsent.WhyNot(approval, run, request),
            })];
    }

    private int? Attempt()
        => int.TryParse(environment.Get("GITHUB_RUN_ATTEMPT") ?? environment.Get("SYSTEM_STAGEATTEMPT"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? attempt
            : null;

    private string[] Actors()
        => [.. ChangeAuthors.OfRun(environment).Prepend(host.State.Actor).Distinct(StringComparer.OrdinalIgnoreCase)];
}
