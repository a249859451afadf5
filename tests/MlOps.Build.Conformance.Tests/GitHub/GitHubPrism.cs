using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.GitHub;

/// <summary>A mock server that holds every request to a published description of the service.</summary>
internal sealed class GitHubPrism : IAsyncDisposable
{
    private readonly Process process;

    private GitHubPrism(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<GitHubPrism> StartAsync(string description)
    {
        for (var tries = 0; ; tries++)
        {
            var port = FreePort();
            var start = new ProcessStartInfo("node")
            {
                WorkingDirectory = NodeTools.Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList =
                {
                    "node_modules/@stoplight/prism-cli/dist/index.js",
                    "mock",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    $"{port}",
                    Path.Combine(Repository.Root, "tests", "MlOps.Build.Conformance.Tests", "contracts", description),
                },
                Environment = { ["NO_COLOR"] = "1" },
            };
            var server = Process.Start(start)!;
            var listens = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            server.OutputDataReceived += (_, line) => Hear(line.Data, listens);
            server.ErrorDataReceived += (_, _) => { };
            server.BeginOutputReadLine();
            server.BeginErrorReadLine();
            if (await listens.Task)
            {
                return new(server, new($"http://127.0.0.1:{port}/"));
            }

            server.Dispose();
            Assert.True(tries < 3, "Prism did not start.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>It says so when it listens; the output ends when it cannot, as when somebody else took the port.</summary>
    private static void Hear(string? line, TaskCompletionSource<bool> listens)
    {
        if (line is null || line.Contains("is listening", StringComparison.Ordinal))
        {
            listens.TrySetResult(line is not null);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
