using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Whom the job's token belongs to.</summary>
/// <param name="Id">Its id, or null where the service did not say.</param>
internal sealed partial record BuildService(string? Id)
{
    /// <summary>Asks who we are; without an answer no thread is ours.</summary>
    public static async Task<BuildService> AskAsync(RestClient client, CancellationToken cancellationToken)
    {
        try
        {
            // Azure DevOps has this call as a preview only.
            var answer = await client.GetAsync($"_apis/connectionData?api-version={RestClient.ApiVersion}-preview.1", cancellationToken);
            return new(answer.Get("authenticatedUser").Text("id"));
        }
        catch (RestException)
        {
            return new(Id: null);
        }
    }

    public bool IsOurs(JsonNode? author)
        => Id is not null && string.Equals(author.Text("id"), Id, StringComparison.OrdinalIgnoreCase);

    /// <summary>What to change, and for whom, when the right to write is missing.</summary>
    public static string Denied(AzureJob job, RestException refusal)
        => $"Azure DevOps refused to write on the pull request ({refusal.Code ?? "403"}). In Project settings > Repositories > {job.Repository} > Security set "
            + $"'Contribute to pull requests' to Allow for '{NameOf(job, refusal.Message)}'. The report is in the summary of the run.";

    /// <summary>The refusal names the identity by an id: that of the project, or of the whole collection.</summary>
    private static string NameOf(AzureJob job, string refusal)
        => Identity().Match(refusal) is { Success: true } match && !string.Equals(match.Groups["id"].Value, job.ProjectId, StringComparison.OrdinalIgnoreCase)
            ? $"Project Collection Build Service ({job.Organisation})"
            : $"{job.Project} Build Service ({job.Organisation})";

    [GeneratedRegex(@"'Build\\(?<id>[0-9a-fA-F-]{36})'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identity();
}
