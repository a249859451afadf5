using System.Security.Cryptography;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>The way to GitHub, the clock and the dice.</summary>
public sealed record GitHubNetwork
{
    /// <summary>What sends a request; it follows no redirection by itself.</summary>
    public Func<HttpMessageHandler> Handler { get; init; } = () => new SocketsHttpHandler { AllowAutoRedirect = false };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>From 0 to 1.</summary>
    public Func<double> Jitter { get; init; } = () => RandomNumberGenerator.GetInt32(1001) / 1000d;

    /// <summary>How long all calls of a process may take together, waits included.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(2);
}
