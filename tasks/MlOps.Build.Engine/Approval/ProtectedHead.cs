using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Approval;

/// <summary>Whether the commit that is checked out is what was merged into the protected branch, and nothing else.</summary>
internal static class ProtectedHead
{
    private const string Heads = "refs/heads/";

    private static readonly string[] Upstream = ["origin/HEAD", "origin/main", "origin/master"];

    /// <summary>Why it is not, or null.</summary>
    public static async Task<string?> WhyNotAsync(
        GitRepository git, string head, IEnvironment environment, ZoneInquiry inquiry, CancellationToken cancellationToken)
    {
        var zone = await inquiry.AskToReleaseAsync(cancellationToken);
        if (!zone.MayRelease)
        {
            return zone.Why.TrimEnd('.');
        }

        var names = Names(zone, environment);
        if (await TipAsync(git, environment, cancellationToken) is not { } tip)
        {
            return $"there is no branch {string.Join(" or ", names.Select(name => $"`{name}`"))} to compare with";
        }

        // On a build server the branch may have gone on since; a person's clone has to be where it is.
        var isLocal = zone.Kind == ZoneKind.Local;
        var expected = isLocal ? tip : environment.Get("GITHUB_SHA") ?? environment.Get("BUILD_SOURCEVERSION") ?? string.Empty;
        return expected != head ? $"{head[..7]} is checked out and the branch is at {expected[..Math.Min(7, expected.Length)]}"
            : !isLocal && !await git.IsWithinAsync(head, tip, cancellationToken) ? $"{head[..7]} is no part of `{names[0]}`"
            : await git.HasTrackedChangesAsync(cancellationToken) ? "files that git tracks were changed after the checkout"
            : null;
    }

    /// <summary>The tip of the protected branch as the clone knows it, or null.</summary>
    public static async Task<string?> TipAsync(GitRepository git, IEnvironment environment, CancellationToken cancellationToken)
    {
        foreach (var name in Names(ZoneProbe.Of(environment), environment))
        {
            if (await git.CommitOfAsync(name, cancellationToken) is { } commit)
            {
                return commit;
            }
        }

        return null;
    }

    /// <summary>A job that may release runs on the default branch; a clone of a person says which that is.</summary>
    private static string[] Names(JobZone zone, IEnvironment environment)
    {
        var reference = environment.Get("GITHUB_REF") ?? environment.Get("BUILD_SOURCEBRANCH");
        return zone.Kind != ZoneKind.Local && reference?.StartsWith(Heads, StringComparison.Ordinal) == true
            ? [$"origin/{reference[Heads.Length..]}"]
            : Upstream;
    }
}
