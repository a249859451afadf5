using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>The commit a change is compared with.</summary>
/// <param name="Reference">The branch, tag or commit that was asked for, such as <c>origin/main</c>.</param>
/// <param name="Commit">The merge base of the head and that branch.</param>
public sealed record GitBase(string Reference, string Commit);

/// <summary>Where to look for the base, in this order.</summary>
/// <param name="References">Names for <c>git rev-parse</c>.</param>
/// <param name="IsNamed">Whether somebody named it: then it is a problem when it is not there.</param>
public sealed record BaseRequest(IReadOnlyList<string> References, bool IsNamed)
{
    private static readonly string[] Habits = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

    /// <summary><c>--base</c>, else the target of the pull request, else the branch everybody starts from.</summary>
    public static BaseRequest From(string? named, IEnvironment environment)
    {
        if (named is not null)
        {
            return new BaseRequest([named, $"origin/{named}"], IsNamed: true);
        }

        var target = NotEmpty(environment.Get("GITHUB_BASE_REF"))
            ?? NotEmpty(environment.Get("SYSTEM_PULLREQUEST_TARGETBRANCH"));
        return target is null
            ? new BaseRequest(Habits, IsNamed: false)
            : new BaseRequest([$"origin/{Branch(target)}", Branch(target)], IsNamed: true);
    }

    private static string Branch(string reference)
        => reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? reference["refs/heads/".Length..] : reference;

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
