using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Asks for the token by which Azure DevOps vouches for this job.</summary>
internal static class PipelineIdentity
{
    /// <summary>The token, masked.</summary>
    /// <param name="environment">The variables of this process.</param>
    /// <param name="job">The job.</param>
    /// <param name="network">The way there.</param>
    /// <param name="time">What is left for it.</param>
    /// <param name="audience">Whom the token is for.</param>
    /// <param name="mask">Keeps it out of the log before anybody sees it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ProblemException">MLO2903: the job may not have one; MLO2941: it was not given; MLO2942: it is for somebody else.</exception>
    public static async Task<string> TokenAsync(
        IEnvironment environment, AzureJob? job, AzureNetwork network, RestTime time, string audience, Action<string> mask, CancellationToken cancellationToken)
    {
        if (job is null || !Uri.TryCreate(environment.Get("SYSTEM_OIDCREQUESTURI"), UriKind.Absolute, out var service))
        {
            throw new ProblemException(new(
                "MLO2903",
                "This job has no identity token.",
                "The step has no System.AccessToken, or the agent no SYSTEM_OIDCREQUESTURI.",
                "Map the token with `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)`.")
            { Exit = ExitCode.Unavailable });
        }

        try
        {
            using var client = new RestClient(service, job.Token, network, time);
            var token = (await client.PostAsync(service.PathAndQuery, [], cancellationToken)).Text("oidcToken");
            if (token is not { Length: > 0 })
            {
                throw Silent("Its answer holds no token");
            }

            mask(token);
            return Audiences(token).Contains(audience, StringComparer.Ordinal) ? token : throw Other(audience, Audiences(token));
        }
        catch (RestException exception)
        {
            throw Silent(exception.Message);
        }
    }

    /// <summary>Read, not verified: that is for the one it is shown to.</summary>
    private static IReadOnlyList<string> Audiences(string token)
    {
        try
        {
            var payload = token.Split('.') is [_, var middle, _] ? middle.Replace('-', '+').Replace('_', '/') : string.Empty;
            var claims = JsonNode.Parse(Convert.FromBase64String(payload.PadRight(payload.Length + ((4 - (payload.Length % 4)) % 4), '=')));
            return claims.Text("aud") is { } one ? [one] : [.. claims.List("aud").Select(item => item.ToString())];
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return [];
        }
    }

    private static ProblemException Silent(string why) => new(new(
        "MLO2941",
        "Azure DevOps gave this job no identity token.",
        $"{why}.",
        "Run the job again; https://status.dev.azure.com says whether Azure DevOps has a problem.")
    { Exit = ExitCode.Unavailable });

    private static ProblemException Other(string audience, IReadOnlyList<string> audiences) => new(new(
        "MLO2942",
        $"The identity token is not for '{audience}'.",
        $"Azure DevOps issues tokens for {(audiences.Count == 0 ? "nobody it names" : string.Join(", ", audiences.Select(name => $"'{name}'")))} only: an audience cannot be chosen there.",
        "Ask for the audience `api://AzureADTokenExchange`, and trust it at the other end.")
    { Exit = ExitCode.Unavailable });
}
