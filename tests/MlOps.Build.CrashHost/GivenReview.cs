using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;

namespace MlOps.Build.CrashHost;

/// <summary>A build server on which somebody has let the run go on.</summary>
public sealed class GivenReview : IVoucher
{
    public ApprovalSource Source => ApprovalSource.GithubReview;

    public Task<IReadOnlyList<VouchedApproval>> AskAsync(ClearanceRequest request, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<VouchedApproval>>(
        [
            new()
            {
                Source = Source,
                Approver = "dana",
                Evidence = new("https://ci.example.org/runs/7", 1, null),
                WhyNot = null,
            },
        ]);
}
