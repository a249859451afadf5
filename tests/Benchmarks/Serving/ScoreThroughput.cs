using System.Globalization;
using System.Text.Json;

namespace MlOps.Build.Benchmarks.Serving;

/// <summary>Requests a second of <c>/score</c> as a share of an echo of the same body, interleaved in one run.</summary>
internal sealed class ScoreThroughput : IBenchmark
{
    private const int Rounds = 40;
    private const int Clients = 32;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.5);

    public string Name => "score";

    public string Title => "Scoring over HTTP";

    public async Task<string> RunAsync(TextWriter progress)
    {
        using var environment = new ScoringEnvironment();
        environment.Deploy(environment.Digests[0]);
        using var service = await ScoringProcess.StartAsync(environment.Folder);
        var body = JsonSerializer.SerializeToUtf8Bytes(Trip.Of<Trip>(7), JsonSerializerOptions.Web);
        foreach (var path in (string[])["/echo", "/score", "/echo", "/score"])
        {
            await SliceAsync(service, path, body);
        }

        var rounds = new List<(Measured Echo, Measured Score)>();
        for (var round = 1; round <= Rounds; round++)
        {
            var echo = await SliceAsync(service, "/echo", body);
            var score = await SliceAsync(service, "/score", body);
            rounds.Add((echo, score));
            await progress.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: echo {echo.Load.PerSecond:F0}/s, score {score.Load.PerSecond:F0}/s, share {score.Load.PerSecond / echo.Load.PerSecond:F2}"));
        }

        return Section(rounds, body.Length);
    }

    private static async Task<Measured> SliceAsync(ScoringProcess service, string path, byte[] body)
    {
        using var stop = new CancellationTokenSource(Slice);
        var before = service.ProcessorTime;
        var load = await LoadGenerator.RunAsync(service.Port, path, body, Clients, stop.Token);
        return load.Failed == 0
            ? new Measured(load, (service.ProcessorTime - before).TotalMicroseconds / load.Answered)
            : throw new InvalidOperationException($"{load.Failed} requests to {path} failed.");
    }

    private static string Section(List<(Measured Echo, Measured Score)> rounds, int bytes)
    {
        double[] shares = [.. rounds.Select(round => round.Score.Load.PerSecond / round.Echo.Load.PerSecond).Order()];
        double[] costs = [.. rounds.Select(round => round.Echo.Cost / round.Score.Cost).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             `POST /score` with one row of 21 inputs ({bytes} bytes) on a LightGBM model of 100 trees, against an echo of the same
             body by the framework, in one process, {Rounds} rounds of {Slice.TotalSeconds} s each in turn, {Clients} connections; load generator on the same machine.

             | endpoint | requests/s, median (quartiles) | p50 ms | p99 ms | server CPU µs a request |
             |:--|--:|--:|--:|--:|
             | JSON echo | {Row(rounds.Select(round => round.Echo))} |
             | `/score` | {Row(rounds.Select(round => round.Score))} |

             **Share of the echo: {Median(shares):F2}** (half of the rounds {At(shares, 0.25):F2} to {At(shares, 0.75):F2}); by CPU time {Median(costs):F2}
             ({At(costs, 0.25):F2} to {At(costs, 0.75):F2}). The slices are short and in turn, so that other work on the machine meets both alike.
             """);
    }

    private static string Row(IEnumerable<Measured> slices)
    {
        var all = slices.ToArray();
        double[] perSecond = [.. all.Select(slice => slice.Load.PerSecond).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(perSecond):N0} ({At(perSecond, 0.25):N0} to {At(perSecond, 0.75):N0}) | {Median([.. all.Select(slice => slice.Load.Milliseconds(0.5)).Order()]):F2} | {Median([.. all.Select(slice => slice.Load.Milliseconds(0.99)).Order()]):F2} | {Median([.. all.Select(slice => slice.Cost).Order()]):F1}");
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private sealed record Measured(LoadResult Load, double Cost);
}
