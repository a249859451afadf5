using System.Security.Cryptography;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>The way to Azure DevOps, the clock and the dice.</summary>
public sealed record AzureNetwork
{
    /// <summary>What sends a request; it follows no redirection: a token that is not accepted is answered with one to a sign-in page.</summary>
    public Func<HttpMessageHandler> Handler { get; init; } = () => new SocketsHttpHandler { AllowAutoRedirect = false };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>From 0 to 1.</summary>
    public Func<double> Jitter { get; init; } = () => RandomNumberGenerator.GetInt32(1001) / 1000d;

    /// <summary>How long all calls of a process may take together, waits included: a report must not hold up a job.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(2);
}
