using MlOps.Build.Benchmarks.Analyzers;
using MlOps.Build.Benchmarks.Data;
using MlOps.Build.Benchmarks.Evaluating;
using MlOps.Build.Benchmarks.Serving;
using MlOps.Build.Benchmarks.Tool;

namespace MlOps.Build.Benchmarks;

/// <summary><c>Benchmarks &lt;name&gt;...</c> runs benchmarks and writes their sections of docs/benchmarks.md.</summary>
internal static class Program
{
    private static IReadOnlyList<IBenchmark> All { get; } =
    [
        new StartUp(), new ActionOverhead(), new RunOverhead(), new SplitAndSample(), new ScoreThroughput(), new SwapsUnderLoad(),
        new PairedBootstrap(), new EvaluationSpeed(), new Coverage(), new FalseVerdicts(), new AnalyzerBuild(), new RuleCosts(),
    ];

    private static async Task<int> Main(string[] args)
    {
        if (args is [ScoringProcess.Verb, var folder])
        {
            return await ScoringProcess.ServeAsync(folder);
        }

        if (args is [SplitAndSample.Verb, .. var words])
        {
            return SplitAndSample.Work(words);
        }

        if (args is [EvaluationSpeed.Verb, .. var asked])
        {
            return EvaluationSpeed.Work(asked);
        }

        var chosen = args is ["all"] ? All : [.. All.Where(benchmark => args.Contains(benchmark.Name))];
        if (chosen.Count == 0 || (args is not ["all"] && chosen.Count != args.Length))
        {
            await Console.Error.WriteLineAsync($"usage: Benchmarks all | {string.Join(" | ", All.Select(benchmark => benchmark.Name))}");
            return 2;
        }

        foreach (var benchmark in chosen)
        {
            await Console.Error.WriteLineAsync($"== {benchmark.Name}");
            var section = await benchmark.RunAsync(Console.Error);
            BenchmarkPage.Write(benchmark, section);
            await Console.Out.WriteLineAsync(section);
        }

        return 0;
    }
}
