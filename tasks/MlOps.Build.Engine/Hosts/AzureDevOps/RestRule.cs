using System.Net;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Whether and when a refused call is made again.</summary>
internal static class RestRule
{
    public const int MostTries = 5;

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The wait before the next try, or null when there is none. A call that was turned away for its number was not
    /// carried out, so any may be made again; after a failure of the server only one that does the same when done twice.
    /// </summary>
    public static TimeSpan? Wait(HttpMethod method, HttpResponseMessage? response, int tries, DateTimeOffset now, double jitter)
        => tries >= MostTries ? null
            : IsLimit(response) ? Asked(response!, now) ?? Backoff(tries, jitter)
            : IsFailure(response) && method != HttpMethod.Post ? Backoff(tries, jitter)
            : null;

    /// <summary>Full jitter: anything up to a bound that doubles.</summary>
    public static TimeSpan Backoff(int tries, double jitter)
        => jitter * TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, tries)));

    private static bool IsLimit(HttpResponseMessage? response)
        => response?.StatusCode == HttpStatusCode.TooManyRequests
            || (response?.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null);

    private static bool IsFailure(HttpResponseMessage? response) => response is null or { StatusCode: >= HttpStatusCode.InternalServerError };

    private static TimeSpan? Asked(HttpResponseMessage response, DateTimeOffset now)
        => response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        };
}
