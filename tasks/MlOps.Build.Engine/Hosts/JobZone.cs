using System.Text.Json;

namespace MlOps.Build.Engine.Hosts;

/// <summary>How far a job may be believed.</summary>
public enum ZoneKind
{
    /// <summary>It runs code that nobody has merged: its verdict is advice, and it changes nothing.</summary>
    Untrusted,

    /// <summary>It runs after an untrusted job, on code of the default branch, and reads what that job left as data.</summary>
    Reporter,

    /// <summary>It runs a branch that anybody with write access may push: its verdict binds nobody.</summary>
    Advisory,

    /// <summary>It runs what was merged: a merge queue, or the default branch.</summary>
    Trusted,

    /// <summary>A person's machine: rights and signatures are that person's.</summary>
    Local,
}

/// <summary>The zone of a job, and why it is that one.</summary>
/// <param name="Kind">The zone.</param>
/// <param name="Why">A sentence.</param>
public sealed record JobZone(ZoneKind Kind, string Why)
{
    /// <summary>Whether what it runs is about to be merged, and may still be thrown out of the queue.</summary>
    public bool IsQueued { get; init; }

    /// <summary>What would make it another zone; null: to run it on the default branch.</summary>
    public string? Fix { get; init; }

    /// <summary>Whether its verdict binds.</summary>
    public bool Binds => Kind is ZoneKind.Trusted or ZoneKind.Local;

    /// <summary>Whether registry and environments may change.</summary>
    public bool MayRelease => Binds && !IsQueued;
}

/// <summary>Finds the zone of a job from the variables of its build server; what is not known is not trusted.</summary>
public static class ZoneProbe
{
    /// <summary>The zone of this process.</summary>
    public static JobZone Of(IEnvironment environment) => HostProbe.Of(environment).Name switch
    {
        "github" => GitHub(environment),
        "azure-devops" => AzureDevOps(environment),
        _ => new(ZoneKind.Local, "This is no build server."),
    };

    private static JobZone GitHub(IEnvironment environment)
    {
        var reference = environment.Get("GITHUB_REF") ?? string.Empty;
        return environment.Get("GITHUB_EVENT_NAME") switch
        {
            null or "" => new(ZoneKind.Untrusted, "GITHUB_EVENT_NAME is not set, so nobody knows what started this job."),
            { } name when name.StartsWith("pull_request", StringComparison.Ordinal) =>
                new(ZoneKind.Untrusted, $"The event '{name}' runs code that nobody has merged."),
            "issue_comment" or "issues" or "fork" or "watch" or "discussion" or "discussion_comment" =>
                new(ZoneKind.Untrusted, "Anybody can cause this event."),
            "workflow_run" => new(ZoneKind.Reporter, "The event 'workflow_run' may follow a job of a fork."),
            "merge_group" => new(ZoneKind.Trusted, "The merge queue has not merged it yet.") { IsQueued = true },
            _ when DefaultBranch(environment) is { } branch && reference == $"refs/heads/{branch}" =>
                new(ZoneKind.Trusted, $"{reference} is the default branch."),
            _ => new(ZoneKind.Advisory, $"'{reference}' is not the default branch."),
        };
    }

    private static JobZone AzureDevOps(IEnvironment environment)
    {
        var branch = environment.Get("BUILD_SOURCEBRANCH") ?? string.Empty;
        return true switch
        {
            _ when IsTrue(environment.Get("SYSTEM_PULLREQUEST_ISFORK")) => new(ZoneKind.Untrusted, "The pull request comes from a fork."),
            _ when environment.Get("BUILD_REASON") == "PullRequest" || environment.Get("SYSTEM_PULLREQUEST_PULLREQUESTID") is { Length: > 0 } =>
                new(ZoneKind.Untrusted, "A pull request runs code that nobody has merged."),
            _ when branch.StartsWith("refs/pull/", StringComparison.Ordinal) => new(ZoneKind.Untrusted, $"'{branch}' is a pull request."),
            _ when AzureDefaults(environment).Contains(branch) => new(ZoneKind.Trusted, $"{branch} is the default branch."),
            _ when branch.StartsWith("refs/heads/", StringComparison.Ordinal) || branch.StartsWith("refs/tags/", StringComparison.Ordinal) =>
                new(ZoneKind.Advisory, $"'{branch}' is not the default branch, which is main, master or what the variable mlops.defaultBranch names."),
            _ => new(ZoneKind.Untrusted, "BUILD_SOURCEBRANCH names no branch."),
        };
    }

    /// <summary>No variable of Azure DevOps names the default branch, so the pipeline does where it has another name than usual.</summary>
    private static string[] AzureDefaults(IEnvironment environment)
        => environment.Get("MLOPS_DEFAULTBRANCH")?.Trim() is { Length: > 0 } named
            ? ["refs/heads/main", "refs/heads/master", named.StartsWith("refs/heads/", StringComparison.Ordinal) ? named : $"refs/heads/{named}"]
            : ["refs/heads/main", "refs/heads/master"];

    /// <summary>The event file is written by the runner, before anything of the repository runs.</summary>
    private static string? DefaultBranch(IEnvironment environment)
    {
        if (environment.Get("GITHUB_EVENT_PATH") is not { Length: > 0 } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            using var payload = JsonDocument.Parse(File.ReadAllBytes(file));
            return payload.RootElement.TryGetProperty("repository", out var repository)
                && repository.TryGetProperty("default_branch", out var branch) ? branch.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
