using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Approval;

/// <summary>Whether the commit that is checked out is what was merged into the protected branch, and nothing else.</summary>
internal static class ProtectedHead
{
    private static readonly string[] Upstream = ["origin/HEAD", "origin/main", "origin/master"];

    /// <summary>Why it is not, or null.</summary>
    public static async Task<string?> WhyNotAsync(
        GitRepository git, string head, IEnvironment environment, CancellationToken cancellationToken)
    {
        var zone = ZoneProbe.Of(environment);
        if (!zone.MayRelease)
        {
            return zone.Why.TrimEnd('.');
        }

        if (environment.Get("GITHUB_EVENT_NAME") == "merge_group")
        {
            return "the merge queue has not merged it yet";
        }

        var expected = zone.Kind == ZoneKind.Local
            ? await FirstAsync(git, cancellationToken)
            : environment.Get("GITHUB_SHA") ?? environment.Get("BUILD_SOURCEVERSION");
        return expected is null ? "there is no branch `origin/HEAD`, `origin/main` or `origin/master` to compare with"
            : expected != head ? $"{head[..7]} is checked out and the branch is at {expected[..Math.Min(7, expected.Length)]}"
            : await git.HasTrackedChangesAsync(cancellationToken) ? "files that git tracks were changed after the checkout"
            : null;
    }

    private static async Task<string?> FirstAsync(GitRepository git, CancellationToken cancellationToken)
    {
        foreach (var name in Upstream)
        {
            if (await git.CommitOfAsync(name, cancellationToken) is { } commit)
            {
                return commit;
            }
        }

        return null;
    }
}
