using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>The record of an approval that a host or a repository vouched for.</summary>
internal static class VouchedEvent
{
    public static ApprovedBody Of(VouchedApproval vouched, ClearanceRequest request) => new()
    {
        Approval = new Contracts.Approval
        {
            Model = request.Verdict.Model,
            ModelDigest = request.ModelDigest,
            VerdictDigest = request.Judged.Body.VerdictDigest,
            ChampionDigest = request.State.Champion,
            RegistryHead = request.State.Head.Digest!,
            Environment = request.Environment,
            EnvironmentDigest = Digest.OfDocument(request.Terms),
            ExpiresAt = request.Verdict.ExpiresAt,
            Approver = vouched.Approver,
            Source = vouched.Source,
            Comment = vouched.Comment,
            At = vouched.At ?? request.Now,
        },
        Signature = null,
        Evidence = vouched.Evidence,
    };

    /// <summary>Whether two records are of the same consent: a command that is repeated writes it once.</summary>
    public static bool IsSame(ApprovedBody left, ApprovedBody right)
        => left.Evidence == right.Evidence
            && Identity(left.Approval) == Identity(right.Approval);

    private static (string Model, string Verdict, string Environment, string Approver, ApprovalSource Source) Identity(Contracts.Approval approval)
        => (approval.ModelDigest, approval.VerdictDigest, approval.EnvironmentDigest, approval.Approver, approval.Source);
}
