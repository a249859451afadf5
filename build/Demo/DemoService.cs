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
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/score", UriKind.Relative))
            {
                Content = new StringContent(Flight, Encoding.UTF8, "application/json"),
            };
            using var response = client.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream());
            var answer = reader.ReadToEnd();
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

    /// <summary>Both streams are read to their end, or the service would stop when a pipe is full.</summary>
    private string Address()
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            var place = line.Data?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
            if (place >= 0)
            {
                address.TrySetResult(line.Data![(place + Listening.Length)..].Trim());
            }
            else if (line.Data is null)
            {
                address.TrySetException(new CakeException("The scoring service ended before it listened."));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return address.Task.GetAwaiter().GetResult();
    }
}
