using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>Somebody outside of the registry who knows who approved: a build server, or the protected branch.</summary>
public interface IVoucher
{
    /// <summary>Which kind of approval it knows of; the terms of the environment say whether that counts.</summary>
    ApprovalSource Source { get; }

    /// <summary>The approvals it knows of, those that do not count with the reason.</summary>
    /// <exception cref="ProblemException">It cannot be asked.</exception>
    Task<IReadOnlyList<VouchedApproval>> AskAsync(ClearanceRequest request, CancellationToken cancellationToken);
}

/// <summary>An approval that was looked up just now; what the registry remembers of it is for the audit only.</summary>
public sealed record VouchedApproval
{
    public required ApprovalSource Source { get; init; }

    public required string Approver { get; init; }

    public string? Comment { get; init; }

    /// <summary>When, UTC; null where the host does not say.</summary>
    public DateTimeOffset? At { get; init; }

    public required ApprovalEvidence Evidence { get; init; }

    /// <summary>Why it does not count, or null.</summary>
    public required string? WhyNot { get; init; }
}

/// <summary>Asks whoever the terms of an environment admit.</summary>
public static class Vouchers
{
    /// <summary>The request with what the vouchers know.</summary>
    public static async Task<ClearanceRequest> AskAsync(
        ClearanceRequest request, IEnumerable<IVoucher> vouchers, CancellationToken cancellationToken)
    {
        var known = new List<VouchedApproval>();
        foreach (var voucher in vouchers.Where(voucher => Terms.Admits(request.Terms, voucher.Source)))
        {
            known.AddRange(await voucher.AskAsync(request, cancellationToken));
        }

        return request with { Vouched = known };
    }
}
