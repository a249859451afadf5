using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Hosts;

/// <summary>Recognises the pipeline host from its variables.</summary>
public static class HostProbe
{
    /// <summary>The host, its page of this run, and who started it.</summary>
    public static HostState Of(IEnvironment environment)
        => environment.Get("GITHUB_ACTIONS") == "true" ? GitHub(environment)
            : IsTrue(environment.Get("TF_BUILD")) ? AzureDevOps(environment)
            : Local(environment);

    private static HostState GitHub(IEnvironment environment) => new()
    {
        Name = "github",
        RunUrl = Join(
            environment.Get("GITHUB_SERVER_URL"),
            environment.Get("GITHUB_REPOSITORY"),
            "actions/runs",
            environment.Get("GITHUB_RUN_ID")),
        Actor = environment.Get("GITHUB_ACTOR") ?? "unknown",
    };

    private static HostState AzureDevOps(IEnvironment environment) => new()
    {
        Name = "azure-devops",
        RunUrl = environment.Get("BUILD_BUILDID") is { } build
            ? Join(
                environment.Get("SYSTEM_COLLECTIONURI")?.TrimEnd('/'),
                Uri.EscapeDataString(environment.Get("SYSTEM_TEAMPROJECT") ?? string.Empty),
                "_build",
                $"results?buildId={build}")
            : null,
        Actor = environment.Get("BUILD_REQUESTEDFOR") ?? "unknown",
    };

    private static HostState Local(IEnvironment environment) => new()
    {
        Name = "local",
        RunUrl = null,
        Actor = environment.Get("USER") ?? environment.Get("USERNAME") ?? Environment.UserName,
    };

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The parts as a URL, or null when one is missing.</summary>
    private static string? Join(params string?[] parts)
        => parts.Any(string.IsNullOrEmpty) ? null : string.Join('/', parts);
}
