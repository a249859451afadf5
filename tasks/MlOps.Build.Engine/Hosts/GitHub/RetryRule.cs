using System.Globalization;
using System.Net;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Whether and when a refused call is made again.</summary>
internal static class RetryRule
{
    public const int MostTries = 5;

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(20);

    /// <summary>What GitHub asks for where a secondary limit names no time.</summary>
    private static readonly TimeSpan SecondaryLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The wait before the next try, or null when there is none. A call that hit a limit was not carried out, so any may
    /// be made again; after a failure of the server only one that does the same when it is done twice.
    /// </summary>
    public static TimeSpan? Wait(bool repeatable, HttpResponseMessage response, string body, int tries, DateTimeOffset now, double jitter)
        => tries >= MostTries ? null
            : IsLimit(response, body) ? Asked(response, now) ?? SecondaryLimit
            : IsFailure(response.StatusCode) && repeatable ? Asked(response, now) ?? Backoff(tries, jitter)
            : null;

    /// <summary>Whether a call changes something; a question to GraphQL is sent with POST and does not.</summary>
    public static bool Writes(HttpRequestMessage request)
        => request.Method != HttpMethod.Get && request.RequestUri?.AbsolutePath.EndsWith("/graphql", StringComparison.Ordinal) != true;

    /// <summary>Doing it twice is doing it once; a comment is always replaced as a whole.</summary>
    public static bool IsRepeatable(HttpRequestMessage request) => request.Method != HttpMethod.Post || !Writes(request);

    /// <summary>Full jitter: anything up to a bound that doubles.</summary>
    public static TimeSpan Backoff(int tries, double jitter)
        => jitter * TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, tries)));

    private static bool IsLimit(HttpResponseMessage response, string body)
        => response.StatusCode == HttpStatusCode.TooManyRequests
            || (response.StatusCode == HttpStatusCode.Forbidden
                && (response.Headers.RetryAfter is not null
                    || Header(response, "x-ratelimit-remaining") == 0
                    || body.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase)
                    || body.Contains("abuse detection", StringComparison.OrdinalIgnoreCase)));

    private static bool IsFailure(HttpStatusCode status)
        => status is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan? Asked(HttpResponseMessage response, DateTimeOffset now)
        => response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => NotNegative(date - now),
            _ => Header(response, "x-ratelimit-remaining") == 0 && Header(response, "x-ratelimit-reset") is { } reset
                ? NotNegative(DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(reset, 0, 253_402_300_799)) - now)
                : null,
        };

    private static TimeSpan NotNegative(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private static long? Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values)
            && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
