using System.Globalization;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Where the job talks to, and for which run.</summary>
internal sealed record GitHubJob
{
    /// <summary>The address of the API as the runner names it, with a slash at the end: without one a path takes its last part's place.</summary>
    public required Uri Api { get; init; }

    /// <summary>The address of GraphQL, on the same server.</summary>
    public required Uri GraphQl { get; init; }

    public required string Owner { get; init; }

    public required string Repository { get; init; }

    public required string Token { get; init; }

    public required long RunId { get; init; }

    public required int Attempt { get; init; }

    /// <summary>The workflow's file, such as <c>mlops.yml</c>, or null.</summary>
    public required string? WorkflowFile { get; init; }

    /// <summary>The run that this job reports for, or null where it reports for itself.</summary>
    public FinishedRun? Followed { get; init; }

    /// <summary>The job, or null where a variable is missing that every runner sets, or the token.</summary>
    public static GitHubJob? Of(IEnvironment environment, string? token)
    {
        var names = environment.Get("GITHUB_REPOSITORY")?.Split('/');
        return token is { Length: > 0 }
            && names is [{ Length: > 0 }, { Length: > 0 }]
            && Address(environment.Get("GITHUB_API_URL") ?? "https://api.github.com", "/") is { } api
            && long.TryParse(environment.Get("GITHUB_RUN_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out var run)
            ? new()
            {
                Api = api,
                GraphQl = Address(environment.Get("GITHUB_GRAPHQL_URL"), string.Empty) is { } named && SameServer(api, named)
                    ? named
                    : new Uri(api, GraphQlPath(api)),
                Owner = names[0],
                Repository = names[1],
                Token = token,
                RunId = run,
                Attempt = int.TryParse(environment.Get("GITHUB_RUN_ATTEMPT"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : 1,
                WorkflowFile = FileOf(environment.Get("GITHUB_WORKFLOW_REF")),
            }
            : null;
    }

    /// <summary>Whether a token for the one may go to the other.</summary>
    public static bool SameServer(Uri one, Uri other)
        => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static string GraphQlPath(Uri api)
        => api.AbsolutePath.EndsWith("/api/v3/", StringComparison.Ordinal) ? "../graphql" : "graphql";

    private static Uri? Address(string? text, string end)
        => text is { Length: > 0 } && Uri.TryCreate(text.TrimEnd('/') + end, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : null;

    /// <summary><c>owner/repo/.github/workflows/mlops.yml@refs/heads/main</c>.</summary>
    private static string? FileOf(string? reference)
        => reference?.Split('@')[0].Split('/')[^1] is { Length: > 0 } file ? file : null;
}
