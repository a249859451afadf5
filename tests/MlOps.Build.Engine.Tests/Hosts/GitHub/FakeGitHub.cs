using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

/// <summary>As much of GitHub as keeps comments: what is written can be read, changed and deleted, and calls can be made to fail.</summary>
internal sealed partial class FakeGitHub : HttpMessageHandler
{
    public const string Login = "github-actions[bot]";

    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage?>> accidents = new();
    private readonly Dictionary<long, string> places = [];
    private long nextId = 100;

    /// <summary>Every text that was written, replaced ones too.</summary>
    public List<string> Texts { get; } = [];

    public string Head { get; set; } = new('a', 40);

    /// <summary>Id, login and text of each comment in the order they were written.</summary>
    public List<(long Id, string Login, string Body)> Comments { get; } = [];

    /// <summary>Number, repository of the head and head of each open pull request.</summary>
    public List<(int Number, string Repository, string Head)> Pulls { get; } = [];

    public List<(string Actor, string Author)> Deletions { get; } = [];

    /// <summary>Id and conclusion of the workflow's runs, the first run first.</summary>
    public List<(long Id, string? Conclusion)> Runs { get; } = [];

    /// <summary>The workflow whose runs these are, by its file or number.</summary>
    public string Workflow { get; set; } = "mlops.yml";

    /// <summary>Where the heads of the runs lie.</summary>
    public string RunsFrom { get; set; } = "octo/flights";

    public List<JsonNode> Statuses { get; } = [];

    public JsonArray Approvals { get; } = [];

    /// <summary>Method and path of every call.</summary>
    public List<string> Calls { get; } = [];

    public List<string?> Tokens { get; } = [];

    public int LongestBody { get; set; } = 65_536;

    public bool HasGraphQl { get; set; } = true;

    /// <summary>Told of each call before and after its effect; a call that is answered with false before it is lost.</summary>
    public Func<string, bool> Reached { get; set; } = _ => true;

    public IEnumerable<string> Writes => Calls.Where(call => !call.StartsWith("GET", StringComparison.Ordinal) && !call.Contains("graphql", StringComparison.Ordinal));

    public void Add(string login, string body) => Comments.Add((nextId++, login, body));

    /// <summary>The next call gets this answer, where it answers that call.</summary>
    public FakeGitHub Fails(Func<HttpRequestMessage, HttpResponseMessage?> accident, int times = 1)
    {
        for (var count = 0; count < times; count++)
        {
            accidents.Enqueue(accident);
        }

        return this;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string json, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        Tokens.Add(request.Headers.Authorization?.ToString());
        if (accidents.TryPeek(out var accident) && accident(request) is { } failure)
        {
            accidents.Dequeue();
            failure.RequestMessage = request;
            return failure;
        }

        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var call = $"{request.Method} {request.RequestUri.AbsolutePath}";
        var response = Reached($"before {call}") ? Route(request, body) : Answer(HttpStatusCode.BadGateway, "{}");
        Reached($"after {call}");
        response.RequestMessage = request;
        return response;
    }

    private HttpResponseMessage Route(HttpRequestMessage request, JsonNode? body)
    {
        var path = request.RequestUri!.AbsolutePath;
        var id = CommentId().Match(path) is { Success: true } match ? long.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : 0;
        return (request.Method.Method, path) switch
        {
            ("POST", _) when path.EndsWith("/graphql", StringComparison.Ordinal) => HasGraphQl ? GraphQl() : NotFound(),
            ("GET", _) when path.EndsWith("/comments", StringComparison.Ordinal) => List(request.RequestUri),
            ("POST", _) when path.EndsWith("/comments", StringComparison.Ordinal) => Write(null, (string)body!["body"]!, path),
            ("PATCH", _) when id > 0 => Write(id, (string)body!["body"]!, path),
            ("DELETE", _) when id > 0 => Delete(id),
            ("GET", _) when path.EndsWith("/pulls", StringComparison.Ordinal) => OpenPulls(),
            ("GET", _) when path.Contains("/pulls/", StringComparison.Ordinal) => Ok($$$"""{"number":7,"head":{"sha":"{{{Head}}}","ref":"topic"},"base":{"ref":"main","sha":"x"}}"""),
            ("GET", _) when path.Contains($"/workflows/{Workflow}/", StringComparison.Ordinal) => WorkflowRuns(),
            ("GET", _) when path.EndsWith("/approvals", StringComparison.Ordinal) => Ok(Approvals.ToJsonString()),
            ("POST", _) when path.Contains("/statuses/", StringComparison.Ordinal) => Status(body!),
            _ => NotFound(),
        };
    }

    private HttpResponseMessage GraphQl() => Ok(JsonSerializer.Serialize(new
    {
        data = new
        {
            viewer = new { login = Login },
            repository = new
            {
                pullRequest = new
                {
                    headRefOid = Head,
                    headRefName = "topic",
                    timelineItems = new { nodes = Deletions.Select(item => new { actor = new { __typename = item.Actor, login = "x" }, deletedCommentAuthor = new { login = item.Author } }) },
                },
            },
        },
    }));

    private HttpResponseMessage List(Uri address)
    {
        var query = address.Query.TrimStart('?').Split('&').Select(word => word.Split('=')).ToDictionary(word => word[0], word => word[1]);
        var (page, size) = (int.Parse(query.GetValueOrDefault("page", "1"), CultureInfo.InvariantCulture), int.Parse(query.GetValueOrDefault("per_page", "30"), CultureInfo.InvariantCulture));
        var shown = Comments.Where(comment => IsOn(comment.Id, address.AbsolutePath)).Skip((page - 1) * size).Take(size).Select(comment => Json(comment));
        var response = Ok($"[{string.Join(',', shown)}]");

        // As a proxy in front of an Enterprise server may do: the next page is said to be on another host.
        response.Headers.TryAddWithoutValidation("Link", $"<https://elsewhere.test{address.AbsolutePath}?page={page + 1}>; rel=\"next\"");
        return response;
    }

    /// <summary>The comments on a pull request.</summary>
    public IEnumerable<string> On(int number) => Comments.Where(comment => IsOn(comment.Id, $"/issues/{number.ToString(CultureInfo.InvariantCulture)}/comments")).Select(comment => comment.Body);

    /// <summary>What a test put there stands on every pull request.</summary>
    private bool IsOn(long id, string path) => !places.TryGetValue(id, out var place) || place.EndsWith(path, StringComparison.Ordinal);

    private HttpResponseMessage OpenPulls() => Ok(JsonSerializer.Serialize(Pulls.Select(pull => new
    {
        number = pull.Number,
        state = "open",
        head = new { sha = pull.Head, @ref = "topic", repo = new { full_name = pull.Repository } },
        @base = new { sha = new string('b', 40), @ref = "main" },
    })));

    private HttpResponseMessage Write(long? id, string text, string path)
    {
        if (text.Length > LongestBody)
        {
            return Answer(
                HttpStatusCode.UnprocessableEntity,
                """{"message":"Validation Failed","errors":[{"resource":"IssueComment","code":"unprocessable","field":"data","message":"Body is too long (maximum is 65536 characters)"}]}""");
        }

        var at = id is null ? Comments.Count : Comments.FindIndex(comment => comment.Id == id);
        if (at < 0)
        {
            return NotFound();
        }

        if (at == Comments.Count)
        {
            Add(Login, text);
            places[Comments[at].Id] = path;
        }
        else
        {
            Comments[at] = Comments[at] with { Body = text };
        }

        Texts.Add(text);
        return Answer(id is null ? HttpStatusCode.Created : HttpStatusCode.OK, Json(Comments[at]));
    }

    private HttpResponseMessage Delete(long id)
        => Comments.RemoveAll(comment => comment.Id == id) == 1 ? new HttpResponseMessage(HttpStatusCode.NoContent) : NotFound();

    private HttpResponseMessage Status(JsonNode body)
    {
        Statuses.Add(body);
        return Answer(HttpStatusCode.Created, """{"id":1,"state":"success","context":"x"}""");
    }

    private HttpResponseMessage WorkflowRuns()
    {
        var runs = Runs.Select((run, place) => JsonSerializer.Serialize(new { id = run.Id, run_number = place + 1, head_repository = new { full_name = RunsFrom }, conclusion = run.Conclusion, status = "completed", name = "x" }));
        return Ok($$"""{"total_count":{{Runs.Count}},"workflow_runs":[{{string.Join(',', runs)}}]}""");
    }

    private static string Json((long Id, string Login, string Body) comment)
        => JsonSerializer.Serialize(new { id = comment.Id, body = comment.Body, user = new { login = comment.Login, id = 1, type = "Bot" }, html_url = "https://x.test/" });

    private static HttpResponseMessage Ok(string json) => Answer(HttpStatusCode.OK, json);

    private static HttpResponseMessage NotFound() => Answer(HttpStatusCode.NotFound, """{"message":"Not Found"}""");

    [GeneratedRegex(@"/issues/comments/(?<id>\d+)$")]
    private static partial Regex CommentId();
}
