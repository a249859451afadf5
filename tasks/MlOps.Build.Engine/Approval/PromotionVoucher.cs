using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.AzureDevOps;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Approval;

/// <summary>Reads the promotion lock of an environment as it stands on the protected branch; files of the work tree are not looked at.</summary>
/// <param name="projectRoot">The project.</param>
/// <param name="file">The lock relative to the project; null: where <c>mlops promote</c> writes it.</param>
/// <param name="processes">Starts git.</param>
/// <param name="environment">The variables of this process.</param>
/// <param name="network">The way to Azure DevOps, which says what its default branch is.</param>
public sealed class PromotionVoucher(
    string projectRoot, string? file, IProcessRunner processes, IEnvironment environment, AzureNetwork? network = null) : IVoucher
{
    public ApprovalSource Source => ApprovalSource.PromotionLock;

    /// <summary>Where <c>mlops promote</c> writes the lock of an environment.</summary>
    public static string FileOf(string environment) => $"mlops/promote/{environment}.lock.json";

    public async Task<IReadOnlyList<VouchedApproval>> AskAsync(ClearanceRequest request, CancellationToken cancellationToken)
    {
        var path = file ?? FileOf(request.Environment);
        if (await GitRepository.FindAsync(projectRoot, processes, environment, cancellationToken) is not { } git
            || (await git.StateAsync(cancellationToken)).Commit is not { } head)
        {
            return [Refused(path, null, "the project is in no git repository with a commit")];
        }

        if (await ProtectedHead.WhyNotAsync(git, head, environment, new(environment, network), cancellationToken) is { } reason)
        {
            return [Refused(path, head, reason)];
        }

        if (await git.FileAtAsync(head, path, cancellationToken) is not { } text)
        {
            return [Refused(path, head, $"there is none at {head[..7]}")];
        }

        // A run may be older than the branch: a lock that was taken back or replaced since counts no more.
        if (await ProtectedHead.TipAsync(git, environment, cancellationToken) is not { } tip || await git.FileAtAsync(tip, path, cancellationToken) != text)
        {
            return [Refused(path, head, "the branch has another one by now, or none")];
        }

        var change = await git.LastChangeAsync(head, path, cancellationToken);
        if (change is null && !request.Terms.AllowSelfApproval)
        {
            return [Refused(path, head, "the clone is too shallow to see who merged it; fetch the whole history (`fetch-depth: 0`)")];
        }

        return [Read(path, text, change ?? new(head, null, null, []), request)];
    }

    private static VouchedApproval Read(string path, string text, LockChange change, ClearanceRequest request)
    {
        try
        {
            var promotion = Documents.Parse<PromotionLock>(Encoding.UTF8.GetBytes(text), path);
            return new VouchedApproval
            {
                Source = ApprovalSource.PromotionLock,
                Approver = change.Merger ?? "code owners",
                Comment = $"requested by {promotion.RequestedBy}",
                Evidence = new(path, null, change.Commit),
                WhyNot = PromotionConsent.WhyNot(promotion, change, request),
            };
        }
        catch (ProblemException exception)
        {
            return Refused(path, change.Commit, $"it cannot be read: {exception.Problem.Why.TrimEnd('.')}");
        }
    }

    private static VouchedApproval Refused(string path, string? commit, string reason) => new()
    {
        Source = ApprovalSource.PromotionLock,
        Approver = path,
        Evidence = new(path, null, commit),
        WhyNot = reason,
    };
}
