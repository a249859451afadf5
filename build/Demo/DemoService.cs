using System.Diagnostics;
using System.Text;
using Cake.Core;

namespace MlOps.Build.Demo;

/// <summary>The generated scoring service, started as a user starts it, on a free port of this machine.</summary>
internal sealed class DemoService : IDisposable
{
    private const string Listening = "Now listening on: ";
    private const string Flight = """{"date":"2001-06-15T17:55:00","distance":1846,"origin":"ORD","destination":"SFO"}""";

    private readonly Process process;
    private readonly HttpClient client;

    public DemoService(DemoWorkspace workspace)
    {
        var program = Path.Combine(workspace.Project, "src", "LateFlights.Serving", "bin", "Debug", "net10.0", "LateFlights.Serving.dll");
        process = workspace.Start(
            "dotnet",
            program,
            "--urls=http://127.0.0.1:0",
            $"--contentRoot={Path.Combine(workspace.Project, "src", "LateFlights.Serving")}");
        client = new HttpClient { BaseAddress = new Uri(Address()), Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>Scores one flight until the model with the digest answers, at most a minute.</summary>
    public string ScoreWith(string digest)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            using var content = new StringContent(Flight, Encoding.UTF8, "application/json");
            using var response = client.PostAsync(new Uri("/score", UriKind.Relative), content).GetAwaiter().GetResult();
            var answer = response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
            var model = response.Headers.TryGetValues("X-MlOps-Model", out var values) ? values.Single() : "none";
            if (response.IsSuccessStatusCode && model == digest)
            {
                return $"POST /score -> {(int)response.StatusCode} {answer} (X-MlOps-Model: {model[..15]}...)";
            }

            if (patience.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new CakeException($"After a minute the service still answers {(int)response.StatusCode} with model {model}: {answer}");
            }

            Thread.Sleep(TimeSpan.FromMilliseconds(200));
        }
    }

    public void Dispose()
    {
        client.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private string Address()
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var place = line.IndexOf(Listening, StringComparison.Ordinal);
            if (place >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return line[(place + Listening.Length)..].Trim();
            }
        }

        throw new CakeException($"The scoring service did not start:\n{process.StandardError.ReadToEnd()}");
    }
}
