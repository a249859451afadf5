namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>What the agent says about this job: addresses and ids, none of which a pull request can set.</summary>
internal sealed record AzureJob
{
    /// <summary>The organisation, or the collection of a server with whatever path lies before it; ends in a slash.</summary>
    public required Uri Collection { get; init; }

    public required string ProjectId { get; init; }

    public required string Project { get; init; }

    public required string RepositoryId { get; init; }

    public required string Repository { get; init; }

    /// <summary>The token of this job.</summary>
    public required string Token { get; init; }

    public required string BuildId { get; init; }

    public string? TimelineId { get; init; }

    public string? Stage { get; init; }

    public int StageAttempt { get; init; } = 1;

    /// <summary>Which job of which pipeline this is, whatever its run: what it said in an earlier run is its own to take back. Null where the agent names no pipeline.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether the code lies in Azure Repos; a pull request of GitHub has no threads here.</summary>
    public required bool IsAzureRepos { get; init; }

    /// <summary>The organisation or collection as people call it.</summary>
    public string Organisation => Collection.Host.EndsWith(".visualstudio.com", StringComparison.OrdinalIgnoreCase)
        ? Collection.Host.Split('.')[0]
        : Collection.AbsolutePath.Trim('/').Split('/')[^1];

    /// <summary>The job, or null and what is missing, as the middle of a sentence.</summary>
    public static (AzureJob? Job, string? Missing) Of(IEnvironment environment)
    {
        if (Text(environment, "SYSTEM_ACCESSTOKEN") is not { } token || token.StartsWith("$(", StringComparison.Ordinal))
        {
            return (null, "the step has no token; map it with `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`");
        }

        var address = Text(environment, "SYSTEM_COLLECTIONURI") ?? Text(environment, "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI");
        if (!Uri.TryCreate(address?.TrimEnd('/') + "/", UriKind.Absolute, out var collection) || collection.Scheme is not ("https" or "http"))
        {
            return (null, "the agent names no address of Azure DevOps (SYSTEM_COLLECTIONURI)");
        }

        if (Text(environment, "SYSTEM_TEAMPROJECTID") is not { } project || Text(environment, "BUILD_BUILDID") is not { } build)
        {
            return (null, "the agent names no project and run (SYSTEM_TEAMPROJECTID, BUILD_BUILDID)");
        }

        return (
            new()
            {
                Collection = collection,
                ProjectId = project,
                Project = Text(environment, "SYSTEM_TEAMPROJECT") ?? project,
                RepositoryId = Text(environment, "BUILD_REPOSITORY_ID") ?? string.Empty,
                Repository = Text(environment, "BUILD_REPOSITORY_NAME") ?? "the repository",
                Token = token,
                BuildId = build,
                TimelineId = Text(environment, "SYSTEM_TIMELINEID"),
                Stage = Text(environment, "SYSTEM_STAGENAME"),
                Origin = Text(environment, "SYSTEM_DEFINITIONID") is { } pipeline
                    ? string.Join('.', pipeline, Text(environment, "SYSTEM_STAGENAME"), Text(environment, "SYSTEM_PHASENAME"), Text(environment, "SYSTEM_JOBNAME"))
                    : null,
                StageAttempt = int.TryParse(Text(environment, "SYSTEM_STAGEATTEMPT"), System.Globalization.CultureInfo.InvariantCulture, out var attempt) ? attempt : 1,
                IsAzureRepos = Text(environment, "BUILD_REPOSITORY_PROVIDER") is null or "TfsGit",
            },
            null);
    }

    private static string? Text(IEnvironment environment, string name) => environment.Get(name)?.Trim() is { Length: > 0 } value ? value : null;
}
