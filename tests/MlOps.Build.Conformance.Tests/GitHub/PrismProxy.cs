using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MlOps.Build.Conformance.Tests.GitHub;

/// <summary>A request as Prism judged it.</summary>
/// <param name="Line">Method and path.</param>
/// <param name="Status">What Prism answered.</param>
/// <param name="Violations">What of the request the description does not allow.</param>
internal sealed record JudgedRequest(string Line, int Status, IReadOnlyList<string> Violations);

/// <summary>
/// Shows Prism a copy of every request, in the form that Prism reads: Octokit sends JSON as a form and asks for GitHub's
/// own media type.
/// </summary>
internal sealed class PrismProxy(Uri prism, ICollection<JudgedRequest> seen)
{
    private static readonly HttpClient Client = new();

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        using var copy = new HttpRequestMessage(request.Method, new Uri(prism, path.StartsWith("/api/v3/", StringComparison.Ordinal) ? path[7..] : path));
        copy.Headers.Authorization = request.Headers.Authorization;
        copy.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (request.Content is { } content && await content.ReadAsByteArrayAsync(cancellationToken) is { Length: > 0 } body)
        {
            copy.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        var response = await Client.SendAsync(copy, cancellationToken);
        seen.Add(new($"{request.Method} {path}", (int)response.StatusCode, Violations(response)));

        // The examples of the description name the next page on the real server.
        response.Headers.Remove("Link");
        response.RequestMessage = request;
        return response;
    }

    /// <summary>Examples of answers break their own schemas, so only what concerns the request counts.</summary>
    private static IReadOnlyList<string> Violations(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("sl-violations", out var values))
        {
            return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed ? ["There is no such path or method."] : [];
        }

        using var json = JsonDocument.Parse(string.Concat(values));
        return
        [
            .. json.RootElement.EnumerateArray()
                .Where(item => item.GetProperty("location")[0].GetString() == "request")
                .Select(item => $"{item.GetProperty("location")} {item.GetProperty("message")}"),
        ];
    }
}
