using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

/// <summary>An Azure DevOps with one pull request, that keeps threads and statuses as the real one does, and its limits.</summary>
public sealed partial class FakeAzureDevOps
{
    public const string Head = "4f2c9e1d00000000000000000000000000000001";
    public const string ProjectId = "11111111-1111-1111-1111-111111111111";
    public const string Me = "22222222-2222-2222-2222-222222222222";
    public const string Timeline = "33333333-3333-3333-3333-333333333333";
    public const string Approval = "44444444-4444-4444-4444-444444444444";

    private int nextThread = 100;

    /// <summary>Method and path with query of every call, in order.</summary>
    public List<string> Calls { get; } = [];

    public List<JsonObject> Threads { get; } = [];

    public List<JsonObject> Statuses { get; } = [];

    public string HeadNow { get; set; } = Head;

    /// <summary>Answers instead of the service, for the next calls that fit; the body it would have been given follows.</summary>
    public Queue<(Func<string, bool> Fits, Func<HttpResponseMessage> Answer, bool AfterDoing)> Faults { get; } = new();

    public JsonArray Records { get; set; } = [];

    public JsonArray Approvals { get; set; } = [];

    public string? OidcToken { get; set; }

    /// <summary>What the settings of the repository say; null as in one without a commit.</summary>
    public string? DefaultBranch { get; set; } = "refs/heads/main";

    public HttpMessageHandler Handler() => new Server(this);

    public void Fail(string method, HttpStatusCode status, string? body = null, int? retryAfter = null, bool afterDoing = false)
        => Faults.Enqueue((call => call.StartsWith(method, StringComparison.Ordinal), () => Fault(status, body, retryAfter), afterDoing));

    public JsonObject AddThread(string content, string author, string status = "active")
    {
        var id = ++nextThread;
        var thread = new JsonObject
        {
            ["id"] = id,
            ["status"] = status,
            ["isDeleted"] = false,
            ["comments"] = new JsonArray(new JsonObject { ["id"] = 1, ["content"] = content, ["author"] = new JsonObject { ["id"] = author } }),
            ["properties"] = new JsonObject(),
        };
        Threads.Add(thread);
        return thread;
    }

    public static string Content(JsonObject thread) => thread["comments"]![0]!["content"]?.GetValue<string>() ?? string.Empty;

    public static string Status(JsonObject thread) => thread["status"]!.GetValue<string>();

    public HttpResponseMessage Answer(string method, string pathAndQuery, string? body)
    {
        var call = $"{method} {pathAndQuery}";
        Calls.Add(call);
        if (Faults.TryPeek(out var fault) && fault.Fits(call))
        {
            Faults.Dequeue();
            if (fault.AfterDoing)
            {
                Do(method, pathAndQuery.Split('?')[0], body);
            }

            return fault.Answer();
        }

        return Do(method, pathAndQuery.Split('?')[0], body);
    }

    private HttpResponseMessage Do(string method, string path, string? body)
    {
        var json = body is null ? null : JsonNode.Parse(body)!.AsObject();
        var below = path[(path.IndexOf("/_apis/", StringComparison.Ordinal) + 7)..];
        return (method, below) switch
        {
            ("GET", "connectionData") => Ok(new JsonObject { ["authenticatedUser"] = new JsonObject { ["id"] = Me, ["providerDisplayName"] = "Flights Build Service (org)" } }),
            ("POST", "oidc") => Ok(new JsonObject { ["oidcToken"] = OidcToken }),
            ("GET", "pipelines/approvals") => Ok(List(Approvals)),
            ("GET", var timeline) when timeline.StartsWith("build/builds/7/timeline", StringComparison.Ordinal) => Ok(new JsonObject { ["records"] = Records.DeepClone() }),
            ("GET", var repository) when OneRepository().IsMatch(repository) => Ok(new JsonObject { ["name"] = "late-flights", ["defaultBranch"] = DefaultBranch }),
            ("GET", var pull) when PullRequest().IsMatch(pull) => Ok(new JsonObject { ["pullRequestId"] = 12, ["lastMergeSourceCommit"] = new JsonObject { ["commitId"] = HeadNow } }),
            ("GET", var iterations) when iterations.EndsWith("/iterations", StringComparison.Ordinal)
                => Ok(List([new JsonObject { ["id"] = 1 }, new JsonObject { ["id"] = 2, ["sourceRefCommit"] = new JsonObject { ["commitId"] = HeadNow } }])),
            ("POST", var statuses) when statuses.EndsWith("/statuses", StringComparison.Ordinal) => Keep(json!),
            ("GET", var threads) when threads.EndsWith("/threads", StringComparison.Ordinal) => Ok(List([.. Threads.Select(thread => thread.DeepClone())])),
            ("POST", var threads) when threads.EndsWith("/threads", StringComparison.Ordinal) => Create(json!),
            ("PATCH" or "DELETE", var one) when OneComment().Match(one) is { Success: true } match => Comment(method, int.Parse(match.Groups[1].Value), json),
            ("PATCH", var one) when OneThread().Match(one) is { Success: true } match => Patch(int.Parse(match.Groups[1].Value), json!),
            _ => Fault(HttpStatusCode.NotFound, $"{{\"message\":\"no such page: {path}\"}}", null),
        };
    }

    private HttpResponseMessage Keep(JsonObject status)
    {
        Statuses.Add(status);
        return Ok(status.DeepClone());
    }

    private HttpResponseMessage Create(JsonObject body)
    {
        var content = body["comments"]![0]!["content"]!.GetValue<string>();
        if (content.Length > 150_000)
        {
            return Fault(HttpStatusCode.BadRequest, """{"message":"The comment is longer than 150000 characters."}""", null);
        }

        var thread = AddThread(content, Me, body["status"]!.GetValue<string>());
        thread["properties"] = body["properties"]?.DeepClone();
        return Ok(thread.DeepClone());
    }

    private HttpResponseMessage Comment(string method, int id, JsonObject? body)
    {
        var comment = Threads.Single(thread => thread["id"]!.GetValue<int>() == id)["comments"]![0]!;
        if (comment["author"]!["id"]!.GetValue<string>() != Me)
        {
            return Fault(HttpStatusCode.Forbidden, """{"message":"Only the author may change a comment."}""", null);
        }

        if (method == "DELETE")
        {
            comment["isDeleted"] = true;
            comment.AsObject().Remove("content");
        }
        else
        {
            comment["content"] = body!["content"]!.DeepClone();
        }

        return Ok(comment.DeepClone());
    }

    private HttpResponseMessage Patch(int id, JsonObject body)
    {
        var thread = Threads.Single(one => one["id"]!.GetValue<int>() == id);
        foreach (var (name, value) in body)
        {
            thread[name] = value?.DeepClone();
        }

        return Ok(thread.DeepClone());
    }

    private static JsonObject List(JsonArray items) => new() { ["count"] = items.Count, ["value"] = items.DeepClone() };

    private static HttpResponseMessage Ok(JsonNode body) => new(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Fault(HttpStatusCode status, string? body, int? retryAfter)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json") };
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        }

        return response;
    }

    [GeneratedRegex("^git/repositories/[^/]+$")]
    private static partial Regex OneRepository();

    [GeneratedRegex("/pullrequests/12$")]
    private static partial Regex PullRequest();

    [GeneratedRegex("/threads/([0-9]+)/comments/1$")]
    private static partial Regex OneComment();

    [GeneratedRegex("/threads/([0-9]+)$")]
    private static partial Regex OneThread();

    private sealed class Server(FakeAzureDevOps fake) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("Bearer", request.Headers.Authorization?.Scheme);
            return fake.Answer(
                request.Method.Method, request.RequestUri!.PathAndQuery, request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
