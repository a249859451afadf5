using System.Text.Json;
using Octokit;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>
/// Asks for what REST does not say: whom an installation's token belongs to, and whose comments were deleted by whom.
/// </summary>
internal static class PullRequestQuery
{
    /// <summary>The login of the token that every job has.</summary>
    private const string JobLogin = "github-actions[bot]";

    private const string Query = """
        query($owner: String!, $name: String!, $number: Int!) {
          viewer { login }
          repository(owner: $owner, name: $name) {
            pullRequest(number: $number) {
              headRefOid
              headRefName
              timelineItems(itemTypes: [COMMENT_DELETED_EVENT], last: 50) {
                nodes { ... on CommentDeletedEvent { actor { __typename login } deletedCommentAuthor { login } } }
              }
            }
          }
        }
        """;

    public static async Task<PullRequestState> AskAsync(IGitHubClient client, GitHubJob job, PullRequestIdentity pull, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>(StringComparer.Ordinal) { ["owner"] = job.Owner, ["name"] = job.Repository, ["number"] = pull.Number };
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["query"] = Query, ["variables"] = variables };
        try
        {
            var answer = await client.Connection.Post<object>(job.GraphQl, body, "application/json", "application/json", new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
            if (Read(answer.HttpResponse.Body as string ?? string.Empty) is { } state)
            {
                return state;
            }
        }
        catch (NotFoundException)
        {
            // A server without GraphQL for this token: REST knows the head, and the login is that of every job.
        }

        var known = await client.PullRequest.Get(job.Owner, job.Repository, (int)pull.Number);
        return new(JobLogin, known.Head.Sha, known.Head.Ref, PersonDeletedOurs: false);
    }

    /// <summary>Reads the answer, or null where it answers nothing.</summary>
    public static PullRequestState? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("data", out var data)
            || Path(data, "viewer", "login")?.GetString() is not { Length: > 0 } login
            || Path(data, "repository", "pullRequest") is not { ValueKind: JsonValueKind.Object } pull
            || Path(pull, "headRefOid")?.GetString() is not { } head)
        {
            return null;
        }

        return new(
            login,
            head,
            Path(pull, "headRefName")?.GetString() ?? string.Empty,
            Path(pull, "timelineItems", "nodes") is { ValueKind: JsonValueKind.Array } events && events.EnumerateArray().Any(item => IsPersons(item, login)));
    }

    /// <summary>A bot that tidies up, ourselves included, is no person. GraphQL leaves <c>[bot]</c> out of an author's login.</summary>
    private static bool IsPersons(JsonElement item, string login)
        => Path(item, "actor", "__typename")?.GetString() == "User"
            && Path(item, "deletedCommentAuthor", "login")?.GetString() is { } author
            && string.Equals(Plain(author), Plain(login), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string login) => login.EndsWith("[bot]", StringComparison.Ordinal) ? login[..^5] : login;

    private static JsonElement? Path(JsonElement element, params string[] names)
    {
        foreach (var name in names)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
