using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace MlOps.Build.Conformance.Tests;

/// <summary>A server that knows a description of an API and says of every request what does not hold it.</summary>
public sealed class Prism : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient client;

    private Prism(Process process, int port)
    {
        this.process = process;
        client = new() { BaseAddress = new($"http://127.0.0.1:{port}/") };
    }

    public static async Task<Prism> StartAsync(string description)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = NodeTools.Folder };
        string[] words = [Path.Combine("node_modules", "@stoplight", "prism-cli", "dist", "index.js"), "mock", "-h", "127.0.0.1", "-p", $"{port}", description];
        Array.ForEach(words, start.ArgumentList.Add);
        var server = Process.Start(start)!;
        var listening = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OutputDataReceived += (_, line) => Hear(line.Data, listening);
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        Assert.True(await listening.Task.WaitAsync(TimeSpan.FromMinutes(2)), "Prism ended before it listened.");
        return new(server, port);
    }

    /// <summary>What in a request does not hold the description; null where there is no such page.</summary>
    public async Task<IReadOnlyList<string>?> ViolationsAsync(HttpMethod method, string pathAndQuery, string? body)
    {
        using var request = new HttpRequestMessage(method, pathAndQuery.TrimStart('/'));
        request.Headers.Authorization = new("Bearer", "t");
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            return null;
        }

        // Where a header is missing the answer itself is the complaint; a failure of Prism's own is none that may pass.
        return response.Headers.TryGetValues("sl-violations", out var values)
            ? [.. JsonNode.Parse(string.Concat(values))!.AsArray().Where(one => (string?)one!["location"]![0] == "request").Select(one => one!.ToJsonString())]
            : response.IsSuccessStatusCode ? [] : [$"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}"];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Hear(string? line, TaskCompletionSource<bool> listening)
    {
        if (line is null || line.Contains("is listening", StringComparison.Ordinal))
        {
            listening.TrySetResult(line is not null);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
