using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Writes the status of a pull request that a branch policy can ask for.</summary>
internal static partial class StatusWriter
{
    /// <summary>On the iteration, so that the next push begins without it.</summary>
    public static async Task<Delivery> WriteAsync(
        RestClient client, PullRequestPaths paths, PullRequestIdentity pull, HostStatus status, string? page, CancellationToken cancellationToken)
    {
        if (await IterationAsync(client, paths, pull, cancellationToken) is not { } iteration)
        {
            return Delivery.Skipped("The pull request has a newer commit than this run: its status is left to the newer run.");
        }

        var (genre, name) = Context(status.Name);
        var body = new JsonObject
        {
            ["iterationId"] = iteration,
            ["state"] = status.State.ToString().ToLowerInvariant(),
            ["description"] = status.Description,
            ["context"] = new JsonObject { ["genre"] = genre, ["name"] = name },
        };
        if (page is not null)
        {
            body["targetUrl"] = page;
        }

        await client.PostAsync(paths.Statuses, body, cancellationToken);
        return Delivery.Ok;
    }

    /// <summary><c>mlops/gate (late-flights)</c> as <c>mlops</c> and <c>gate/late-flights</c>, the way a status policy asks for it.</summary>
    public static (string Genre, string Name) Context(string name)
        => Shape().Match(name) is { Success: true } match
            ? (match.Groups["genre"].Value, $"{match.Groups["check"].Value}/{match.Groups["model"].Value}")
            : ("mlops", name);

    /// <summary>The push this run is for, or null where it is not the newest.</summary>
    private static async Task<int?> IterationAsync(RestClient client, PullRequestPaths paths, PullRequestIdentity pull, CancellationToken cancellationToken)
    {
        var newest = (await client.GetAsync(paths.Iterations, cancellationToken)).List("value").MaxBy(iteration => iteration.Number("id") ?? 0);
        return string.Equals(newest.Get("sourceRefCommit").Text("commitId"), pull.HeadSha, StringComparison.OrdinalIgnoreCase) ? newest.Number("id") : null;
    }

    [GeneratedRegex(@"^(?<genre>[^/ ]+)/(?<check>[^ ]+) \((?<model>.+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
