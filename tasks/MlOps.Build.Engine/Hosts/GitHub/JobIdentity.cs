using System.Net.Http.Headers;
using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Asks the runner for the token by which GitHub vouches for this job.</summary>
internal static class JobIdentity
{
    private const int MostCharacters = 64 * 1024;

    /// <summary>The token for an audience; not masked yet.</summary>
    /// <exception cref="ProblemException">MLO2903: the job may not have one; MLO2922: the service did not answer.</exception>
    public static async Task<string> TokenAsync(
        IEnvironment environment, string audience, CallBudget budget, Func<HttpMessageHandler> network, Func<double> jitter, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(environment.Get("ACTIONS_ID_TOKEN_REQUEST_URL"), UriKind.Absolute, out var service)
            || environment.Get("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is not { Length: > 0 } bearer)
        {
            throw new ProblemException(new(
                "MLO2903",
                "This job has no identity token.",
                "The runner offers none to it.",
                "Add `permissions: id-token: write` to the job.")
            { Exit = ExitCode.Unavailable });
        }

        var address = new UriBuilder(service);
        address.Query = $"{address.Query.TrimStart('?')}{(address.Query.Length > 1 ? "&" : string.Empty)}audience={Uri.EscapeDataString(audience)}";
        using var handler = new CallHandler(service, budget, jitter, cancellationToken) { InnerHandler = network() };
        using var client = new HttpClient(handler, disposeHandler: false) { MaxResponseContentBufferSize = MostCharacters };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Silent(FormattableString.Invariant($"It answered {(int)response.StatusCode}."));
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return document.RootElement.TryGetProperty("value", out var value) && value.GetString() is { Length: > 0 } token
                ? token
                : throw Silent("Its answer holds no token.");
        }
        catch (Exception exception) when (exception is CallGivenUpException or HttpRequestException or JsonException)
        {
            throw Silent($"{exception.Message.TrimEnd('.')}.");
        }
    }

    private static ProblemException Silent(string why) => new(new(
        "MLO2922",
        "GitHub gave this job no identity token.",
        $"The service that the runner names was asked. {why}",
        "Run the job again; https://www.githubstatus.com says whether GitHub has a problem.")
    { Exit = ExitCode.Unavailable });
}
