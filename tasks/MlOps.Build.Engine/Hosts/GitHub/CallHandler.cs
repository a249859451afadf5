namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Under Octokit: keeps the token on its server, waits where GitHub asks for it, and stops when the time is spent.</summary>
internal sealed class CallHandler(Uri server, CallBudget budget, Func<double> jitter, CancellationToken stop) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } address || !GitHubJob.SameServer(server, address))
        {
            throw new CallGivenUpException($"GitHub named a page on another server than {server.Host}, where the token must not go");
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop);
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(both.Token);
        var repeatable = RetryRule.IsRepeatable(request);
        for (var tries = 1; ; tries++)
        {
            await WaitForTurnAsync(request, both.Token);
            var (response, failure) = await TryAsync(Copy(request, body), both.Token);
            var text = response?.Content is { } content && !response.IsSuccessStatusCode ? await content.ReadAsStringAsync(both.Token) : string.Empty;
            var wait = response is null
                ? repeatable && tries < RetryRule.MostTries ? RetryRule.Backoff(tries, jitter()) : null
                : RetryRule.Wait(repeatable, response, text, tries, budget.Time.GetUtcNow(), jitter());
            if (wait is not { } delay)
            {
                return response ?? throw new CallGivenUpException($"GitHub could not be reached ({failure!.Message.TrimEnd('.')})") { IsUncertain = !repeatable };
            }

            response?.Dispose();
            if (!await budget.WaitAsync(delay, both.Token))
            {
                throw new CallGivenUpException(FormattableString.Invariant(
                    $"GitHub asks to wait {Math.Ceiling(delay.TotalSeconds)} seconds, and a report may take two minutes in all"));
            }
        }
    }

    private async Task WaitForTurnAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (RetryRule.Writes(request))
        {
            await budget.WaitAsync(budget.UntilNextChange(), cancellationToken);
            budget.Changed();
        }
    }

    private async Task<(HttpResponseMessage? Response, HttpRequestException? Failure)> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                return (await budget.SpendAsync(token => base.SendAsync(request, token), cancellationToken), null);
            }
            catch (HttpRequestException exception)
            {
                return (null, exception);
            }
        }
    }

    /// <summary>A request can be sent once.</summary>
    private static HttpRequestMessage Copy(HttpRequestMessage request, byte[]? body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (body is not null)
        {
            copy.Content = new ByteArrayContent(body);
            foreach (var (name, values) in request.Content!.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return copy;
    }
}
