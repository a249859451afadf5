using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Calls Azure DevOps with the job's token: waits where it is asked to, and stops when the time is spent.</summary>
internal sealed class RestClient(Uri collection, string token, AzureNetwork network, RestTime time) : IDisposable
{
    public const string ApiVersion = "7.1";

    /// <summary>All threads of a busy pull request are some megabytes.</summary>
    private const int MostCharacters = 32 * 1024 * 1024;

    private readonly HttpClient client = new(network.Handler()) { MaxResponseContentBufferSize = MostCharacters, Timeout = Timeout.InfiniteTimeSpan };

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task<JsonNode> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Patch, path, body, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    public void Dispose() => client.Dispose();

    /// <summary>One call, made again where that is right.</summary>
    /// <exception cref="RestException">It was refused, or not answered in time.</exception>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var address = new Uri(collection, Versioned(path));
        for (var tries = 1; ; tries++)
        {
            var (response, failure) = await TryAsync(method, address, body, cancellationToken);
            using (response)
            {
                if (RestRule.Wait(method, response, tries, network.Time.GetUtcNow(), network.Jitter()) is not { } wait)
                {
                    return response is null
                        ? throw new RestException(null, $"Azure DevOps could not be reached ({failure})")
                        : Read(response, await response.Content.ReadAsStringAsync(cancellationToken));
                }

                if (wait >= time.Left)
                {
                    throw new RestException(response?.StatusCode, FormattableString.Invariant(
                        $"Azure DevOps asks to wait {Math.Ceiling(wait.TotalSeconds)} seconds, and a report may take two minutes in all"));
                }

                await Task.Delay(wait, network.Time, cancellationToken);
                time.Spend(wait);
            }
        }
    }

    private static string Versioned(string path)
        => path.Contains("api-version=", StringComparison.Ordinal) ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={ApiVersion}";

    private async Task<(HttpResponseMessage? Response, string? Failure)> TryAsync(HttpMethod method, Uri address, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Add("X-TFS-FedAuthRedirect", "Suppress");
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var start = network.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(time.Left, network.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return (await client.SendAsync(request, both.Token), null);
        }
        catch (HttpRequestException exception)
        {
            return (null, exception.Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RestException(null, "Azure DevOps did not answer within the two minutes that a report may take");
        }
        finally
        {
            time.Spend(network.Time.GetElapsedTime(start));
        }
    }

    private static JsonNode Read(HttpResponseMessage response, string text)
    {
        if (response.StatusCode is HttpStatusCode.NonAuthoritativeInformation or (>= HttpStatusCode.Moved and < HttpStatusCode.BadRequest))
        {
            throw new RestException(HttpStatusCode.Unauthorized, "Azure DevOps does not accept the token of this job and answers with a sign-in page");
        }

        var answer = Parse(text);
        if (!response.IsSuccessStatusCode)
        {
            var why = (answer as JsonObject)?["message"] is JsonValue value && value.TryGetValue<string>(out var message) ? message : response.ReasonPhrase;
            throw new RestException(response.StatusCode, FormattableString.Invariant($"Azure DevOps answered {(int)response.StatusCode}: {why?.ReplaceLineEndings(" ").TrimEnd('.')}"));
        }

        return answer ?? (text.Length == 0 ? new JsonObject() : throw new RestException(response.StatusCode, "Azure DevOps answered with something else than JSON"));
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text, documentOptions: new() { MaxDepth = 64 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
