using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MlOps.Build.Benchmarks.Analyzers;

/// <summary>What each rule costs on a file: one that it reports on, one that it does not, and the dearest of the corpus.</summary>
internal sealed class RuleCosts : IBenchmark
{
    private const int Rounds = 15;

    public string Name => "analyzer-rules";

    public string Title => "Each rule on a file";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var (compilation, files) = BoundFile.ReadAll();
        var rules = CorpusFiles.Rules();
        RuleBenchmarks.Cases = [];
        var worst = new Dictionary<string, (double P99, double Most, string File)>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var replay = new RuleReplay(rule, compilation);
            var (times, reports) = Measure(replay, files);
            var most = Array.IndexOf(times, times.Max());
            worst[IdOf(rule)] = (times.Order().ElementAt((int)Math.Ceiling(0.99 * times.Length) - 1), times[most], files[most].Name);
            var hit = Enumerable.Range(0, files.Count).Where(file => reports[file] > 0).Select(file => files[file]).MaxBy(file => file.Lines);
            var quiet = Enumerable.Range(0, files.Count).Where(file => reports[file] == 0).Select(file => files[file]).MaxBy(file => file.Lines)!;
            RuleBenchmarks.Cases.Add(new(IdOf(rule), "quiet", replay, quiet));
            if (hit is not null)
            {
                RuleBenchmarks.Cases.Add(new(IdOf(rule), "hit", replay, hit));
            }
        }

        await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{RuleBenchmarks.Cases.Count} benchmarks"));
        var artifacts = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        var summary = BenchmarkRunner.Run<RuleBenchmarks>(ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithInvocationCount(64).WithUnrollFactor(1).WithWarmupCount(8).WithIterationCount(15).WithGcForce(false).WithEvaluateOverhead(false).WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(artifacts));
        Directory.Delete(artifacts, recursive: true);
        var measured = summary.Reports.Where(report => report.ResultStatistics is not null)
            .ToDictionary(report => ((RuleCase)report.BenchmarkCase.Parameters[nameof(RuleBenchmarks.Case)]).ToString(), StringComparer.Ordinal);
        if (measured.Count != RuleBenchmarks.Cases.Count)
        {
            throw new InvalidOperationException(string.Join('\n', summary.ValidationErrors.Select(error => error.Message).Append("A benchmark gave no result.")));
        }

        var rows = worst.Keys.Order(StringComparer.Ordinal).Select(id => string.Create(
            CultureInfo.InvariantCulture,
            $"| {id} | {Cell(measured, id, "quiet")} | {Cell(measured, id, "hit")} | {1000 * worst[id].P99:0.0} | {1000 * worst[id].Most:0.0} |"));
        var dearest = worst.MaxBy(rule => rule.Value.Most);
        return string.Create(CultureInfo.InvariantCulture, $"""
            The callbacks of one rule over one file of the corpus ({files.Count} files, {files.Average(file => file.Lines):0} lines on average), bound beforehand; without the work of the compiler's driver and without
            the walk through a method that all rules share. *Quiet* and *hit*: BenchmarkDotNet on the longest file without and with a report of the rule, µs and bytes allocated; "-" where only the end of
            a compilation reports. *p99* and *most*: over all files, the best of {Rounds} rounds each, µs. Promised: p99 at most 1,000 µs.

            | rule | quiet | hit | p99 | most |
            |:--|--:|--:|--:|--:|
            {string.Join('\n', rows)}

            **Highest p99: {1000 * worst.Values.Max(rule => rule.P99):0} µs.** The dearest file: {1000 * dearest.Value.Most:0} µs of {dearest.Key} on {dearest.Value.File}.

            """);
    }

    private static string IdOf(DiagnosticAnalyzer rule) => string.Join('/', rule.SupportedDiagnostics.Select(found => found.Id).Distinct(StringComparer.Ordinal));

    private static string Cell(Dictionary<string, BenchmarkDotNet.Reports.BenchmarkReport> measured, string id, string kind)
        => measured.TryGetValue($"{id} {kind}", out var report)
            ? string.Create(CultureInfo.InvariantCulture, $"{report.ResultStatistics!.Mean / 1000:0.0} µs, {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase):N0} B")
            : "-";

    private static (double[] Milliseconds, int[] Reports) Measure(RuleReplay replay, IReadOnlyList<BoundFile> files)
    {
        var times = Enumerable.Repeat(double.MaxValue, files.Count).ToArray();
        var reports = new int[files.Count];
        for (var round = 0; round < Rounds; round++)
        {
            replay.Restart();
            for (var file = 0; file < files.Count; file++)
            {
                var begin = Stopwatch.GetTimestamp();
                reports[file] = replay.Over(files[file]);
                times[file] = Math.Min(times[file], Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }

        return (times, reports);
    }
}

/// <summary>One rule on one file.</summary>
internal sealed record RuleCase(string Rule, string Kind, RuleReplay Replay, BoundFile File)
{
    public override string ToString() => $"{Rule} {Kind}";
}

/// <summary>Run by BenchmarkDotNet, which asks for a public class.</summary>
public class RuleBenchmarks
{
    internal static List<RuleCase> Cases { get; set; } = [];

    /// <summary>The rule and the file.</summary>
    [ParamsSource(nameof(All))]
    public object Case { get; set; } = string.Empty;

    /// <summary>Every rule on a file with a report and on one without.</summary>
    public static IEnumerable<object> All => Cases;

    /// <summary>Forgets what the rule has collected.</summary>
    [IterationSetup]
    public void Restart() => ((RuleCase)Case).Replay.Restart();

    /// <summary>The callbacks of the rule over the file; the number of reports.</summary>
    [Benchmark]
    public int Rule() => ((RuleCase)Case).Replay.Over(((RuleCase)Case).File);
}
