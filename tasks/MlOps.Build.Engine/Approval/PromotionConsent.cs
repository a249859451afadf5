using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>The change that put a promotion lock on the branch.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Merger">Who merged it; null where git does not say.</param>
/// <param name="MergerMail">The address of that person.</param>
/// <param name="Authors">Names and addresses of those who wrote it.</param>
public sealed record LockChange(string Commit, string? Merger, string? MergerMail, IReadOnlyList<string> Authors);

/// <summary>Decides whether a promotion lock on the protected branch is about this model, now.</summary>
public static class PromotionConsent
{
    /// <summary>Why it does not count, or null.</summary>
    public static string? WhyNot(PromotionLock promotion, LockChange change, ClearanceRequest request)
    {
        var since = Standing.Since(request);
        var head = request.State.Find(promotion.RegistryHead);
        return true switch
        {
            _ when promotion.Model != request.Verdict.Model => $"it is about the model '{promotion.Model}'",
            _ when promotion.Environment != request.Environment => $"it is about the environment '{promotion.Environment}'",
            _ when promotion.ModelDigest != request.ModelDigest => $"it names {promotion.ModelDigest}, wanted is {request.ModelDigest}",
            _ when promotion.VerdictDigest != request.Judged.Body.VerdictDigest =>
                $"it was written on the verdict {promotion.VerdictDigest}, the verdict now is {request.Judged.Body.VerdictDigest}",
            _ when promotion.EnvironmentDigest != Digest.OfDocument(request.Terms) => $"the terms of '{request.Environment}' have changed since",
            _ when promotion.ChampionDigest != request.State.Champion && request.State.Champion != request.ModelDigest =>
                $"it was written beside the champion {promotion.ChampionDigest ?? "none"}, the champion now is {request.State.Champion ?? "none"}",
            _ when promotion.ExpiresAt <= request.Now => FormattableString.Invariant($"it ended on {promotion.ExpiresAt:yyyy-MM-dd HH:mm}Z"),
            _ when head is null => "the registry it was written in is not this one",
            _ when head.Seq < since.Seq => $"it was written before {Standing.InWords(since)}",
            _ => OfPeople(change, request),
        };
    }

    private static string? OfPeople(LockChange change, ClearanceRequest request)
    {
        if (request.Terms.AllowSelfApproval)
        {
            return null;
        }

        if (change.Merger is null)
        {
            return $"the build server put it on the branch in its own name ({change.Commit[..7]}), so nobody knows who merged it; merge it with a merge commit";
        }

        string[] merger = change.MergerMail is { } mail ? [change.Merger, mail] : [change.Merger];
        return Clearance.IsOneOf(merger, change.Authors, request) ? $"{change.Merger} wrote it and put it on the branch"
            : Clearance.IsOneOf(merger, request.Authors, request) ? "an author may not approve there"
            : null;
    }
}
