using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Approval;

/// <summary>The run that wants to deploy.</summary>
/// <param name="Url">Its page.</param>
/// <param name="Attempt">Which attempt of it this is; null where the host does not count.</param>
/// <param name="Actors">Who started it, by every name the host has for them.</param>
/// <param name="RequiresDigest">Whether the pipeline asks for the digest in the comment also where mlops.yml does not.</param>
public sealed record HostRun(string? Url, int? Attempt, IReadOnlyList<string> Actors, bool RequiresDigest = false);

/// <summary>Decides whether a reviewer's yes on a build server is about this model. A host approves jobs, not bytes.</summary>
public static class HostConsent
{
    private const int DigestCharacters = 12;

    /// <summary>Why it does not count, or null.</summary>
    public static string? WhyNot(HostApproval given, HostRun run, ClearanceRequest request)
    {
        var since = Standing.Since(request);
        return true switch
        {
            _ when !given.Approved => "it is a rejection",
            _ when !string.Equals(given.Environment, request.Environment, StringComparison.OrdinalIgnoreCase) => $"it is about the environment '{given.Environment}'",
            _ when given.Attempt is { } attempt && attempt != run.Attempt =>
                FormattableString.Invariant($"it was given for attempt {attempt} of the run, this is attempt {run.Attempt}"),
            _ when given.Attempt is null && run.Attempt is > 1 =>
                FormattableString.Invariant($"this is attempt {run.Attempt} of the run and the build server does not say which one was approved; start a new run"),
            _ when (run.RequiresDigest || request.Terms.RequireDigestInComment == true) && !NamesModel(given, request) =>
                $"its comment does not hold {Beginning(request)}, the beginning of the model's digest",
            _ when !NamesModel(given, request) && !IsOfRun(run, request) =>
                $"the model comes from another run and its comment does not hold {Beginning(request)}, the beginning of the model's digest",
            _ when given.At <= since.At => $"it was given before {Standing.InWords(since)}",
            _ when given.At is null && since.Seq != request.Judged.Seq => $"nobody knows whether it was given before {Standing.InWords(since)}",
            _ when !request.Terms.AllowSelfApproval && Clearance.IsOneOf(given.Names, request.Authors, request) => "an author may not approve there",
            _ when !request.Terms.AllowSelfApproval && Clearance.IsOneOf(given.Names, run.Actors, request) =>
                "whoever started the run may not approve there",
            _ => null,
        };
    }

    /// <summary>The words that tie a comment to a model.</summary>
    public static string Beginning(ClearanceRequest request) => request.ModelDigest["sha256:".Length..][..DigestCharacters];

    private static bool NamesModel(HostApproval given, ClearanceRequest request)
        => given.Comment?.Contains(Beginning(request), StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The model entered the registry in this very run: then whoever let the run go on meant this model.</summary>
    private static bool IsOfRun(HostRun run, ClearanceRequest request)
        => run.Url is { } url && request.State.Events[(int)request.Judged.Seq - 1].Host.RunUrl == url;
}
