using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>What a remote made of a fetch or a push.</summary>
internal enum RemoteAnswer
{
    Done,

    /// <summary>Somebody else pushed first: fetch and try again.</summary>
    Raced,

    /// <summary>The remote has no such branch.</summary>
    NoSuchBranch,

    /// <summary>The branch no longer goes on from what was seen of it.</summary>
    Rewritten,

    /// <summary>A rule of the remote refuses what was pushed.</summary>
    Refused,

    /// <summary>The remote does not let this identity in.</summary>
    Forbidden,

    /// <summary>The remote was not reached, or broke off.</summary>
    Unreachable,
}

/// <summary>Reads what git says; the environment of the command makes it speak English.</summary>
internal static class RemoteAnswers
{
    private static readonly string[] Races =
    [
        "(fetch first)", "(non-fast-forward)", "(stale info)", "cannot lock ref", "failed to update ref",
        "incorrect old value provided", "reference already exists", "failed to lock",
    ];

    private static readonly string[] Locks = ["File exists", "cannot lock ref", "unable to update local ref"];

    private static readonly string[] Doors =
    [
        "Authentication failed", "could not read Username", "could not read Password", "Permission denied",
        "returned error: 401", "returned error: 403", "Permission to ", "access to repository not granted",
        "Repository not found", "TF401019", "TF400813", "Invalid username or", "not authorized", "access denied", "HTTP Basic: Access denied",
    ];

    /// <summary>The answer to <c>git push --porcelain</c>.</summary>
    public static RemoteAnswer OfPush(ProcessResult result)
        => result.Succeeded ? RemoteAnswer.Done
            : Rejection(result) is { } line ? (HasOne(line, Races) ? RemoteAnswer.Raced : RemoteAnswer.Refused)
            : Says(result, Doors) ? RemoteAnswer.Forbidden
            : RemoteAnswer.Unreachable;

    /// <summary>The answer to <c>git fetch</c>.</summary>
    public static RemoteAnswer OfFetch(ProcessResult result)
        => result.Succeeded ? RemoteAnswer.Done
            : Says(result, ["couldn't find remote ref"]) ? RemoteAnswer.NoSuchBranch
            : Says(result, ["(non-fast-forward)"]) ? RemoteAnswer.Rewritten
            : Says(result, Doors) ? RemoteAnswer.Forbidden
            : Says(result, Locks) ? RemoteAnswer.Raced
            : RemoteAnswer.Unreachable;

    /// <summary>The line of the branch, such as <c>!	from:to	[remote rejected] (why)</c>.</summary>
    private static string? Rejection(ProcessResult result)
        => result.Output.Split('\n').FirstOrDefault(line => line.StartsWith("!\t", StringComparison.Ordinal)
            && line.Contains("rejected]", StringComparison.Ordinal));

    private static bool Says(ProcessResult result, string[] words) => result.LastLines.Any(line => HasOne(line, words));

    private static bool HasOne(string line, string[] words)
        => words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));
}
