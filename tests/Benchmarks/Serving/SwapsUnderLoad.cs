using System.Globalization;
using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Benchmarks.Serving;

/// <summary>Twenty model swaps while clients ask as fast as they are answered.</summary>
internal sealed class SwapsUnderLoad : IBenchmark
{
    private const int Swaps = 20;
    private const int Clients = 16;

    public string Name => "swaps";

    public string Title => "Swapping models under load";

    public async Task<string> RunAsync(TextWriter progress)
    {
        using var environment = new ScoringEnvironment();
        environment.Deploy(environment.Digests[0]);
        using var service = await ScoringProcess.StartAsync(environment.Folder);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{service.Port.ToString(CultureInfo.InvariantCulture)}") };
        var body = JsonSerializer.SerializeToUtf8Bytes(Trip.Of<Trip>(7), JsonSerializerOptions.Web);
        var calm = await LoadAsync(service, body, () => Task.Delay(TimeSpan.FromSeconds(10)));
        var load = await LoadAsync(service, body, () => SwapAsync(environment, client, progress));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {Swaps} deployments of a LightGBM model of 100 trees, one after the other, each loaded, verified, tried and swapped in while
             {Clients} connections score without a pause.

             | | requests | failed | p50 ms | p99 ms | slowest ms |
             |:--|--:|--:|--:|--:|--:|
             | no swap | {Row(calm)} |
             | {Swaps} swaps in {load.Elapsed.TotalSeconds:F1} s | {Row(load)} |
             """);
    }

    private static async Task<LoadResult> LoadAsync(ScoringProcess service, byte[] body, Func<Task> meanwhile)
    {
        using var stop = new CancellationTokenSource();
        var load = LoadGenerator.RunAsync(service.Port, "/score", body, Clients, stop.Token);
        await meanwhile();
        await stop.CancelAsync();
        return await load;
    }

    private static async Task SwapAsync(ScoringEnvironment environment, HttpClient client, TextWriter progress)
    {
        for (var swap = 1; swap <= Swaps; swap++)
        {
            environment.Deploy(environment.Digests[swap % 2]);
            while ((await HealthAsync(client)).Swaps < swap)
            {
                await Task.Delay(10);
            }

            await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"swap {swap}"));
            await Task.Delay(200);
        }
    }

    private static async Task<HealthRecord> HealthAsync(HttpClient client)
        => Documents.Parse<HealthRecord>(await client.GetByteArrayAsync("/mlops/health"), "/mlops/health");

    private static string Row(LoadResult load)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{load.Answered:N0} | {load.Failed} | {load.Milliseconds(0.5):F2} | {load.Milliseconds(0.99):F2} | {load.Milliseconds(1):F1}");
}
