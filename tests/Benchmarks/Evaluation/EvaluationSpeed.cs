using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Benchmarks.Evaluating;

/// <summary>How the cost of an evaluation grows with its rows, each in a process of its own.</summary>
internal sealed class EvaluationSpeed : IBenchmark, IProgressLog
{
    /// <summary>The first word of a child process.</summary>
    public const string Verb = "evaluate-once";

    private const int Slices = 20;
    private const int SearchedColumnCount = 50;

    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000, 10_000_000];

    public string Name => "evaluation";

    public string Title => "Evaluating predictions";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var page = new StringBuilder("""
            Two models of two classes on the same rows. *delong*: the comparison of their AUCs, sorting included. *default*: the policy of the template (a
            floor and two margins, and margins for 20 slices) on columns in memory. *search*: the same with the search for weak slices in 50 columns of five. *files*: `mlops evaluate` on one CSV file, all 24 metrics with
            intervals and 20 slices. Whole processes less the making of the data; promised are 1 s for *delong*, 6 s and 1 GiB for *default*, each for a
            million rows, and growth that is no worse than n log n.


            """).AppendLine("| | rows | wall s | processor s | peak MiB | ns a row |").AppendLine("|:--|--:|--:|--:|--:|--:|");
        var chart = new StringBuilder("""

            Wall seconds, both axes by powers of ten: a line that rises by one from size to size grows linearly. From bottom to top at the right: *delong*,
            *default*, *search*.

            ```mermaid
            xychart-beta
                title "Seconds for 10^4 to 10^7 rows (logarithm)"
                x-axis "Rows (logarithm)" [4, 5, 6, 7]
                y-axis "Seconds (logarithm)" -2 --> 2

            """);
        foreach (var name in new[] { "delong", "default", "search", "files" })
        {
            var logarithms = new List<string>();
            foreach (var rows in Sizes.Where(rows => name != "files" || rows <= 1_000_000))
            {
                var (wall, processor, peak) = await OnceAsync(name, rows);
                await progress.WriteLineAsync(FormattableString.Invariant($"{name} {rows}: {wall:0.000} s, {peak:0} MiB"));
                page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {rows:N0} | {wall:0.00} | {processor:0.00} | {peak:0} | {wall * 1e9 / rows:N0} |");
                logarithms.Add(FormattableString.Invariant($"{Math.Log10(wall):0.00}"));
            }

            if (logarithms.Count == Sizes.Length)
            {
                chart.AppendLine(CultureInfo.InvariantCulture, $"    line [{string.Join(", ", logarithms)}]");
            }
        }

        return page.Append(chart.AppendLine("```")).ToString();
    }

    /// <summary>The child: makes the data, does the work and prints seconds, processor seconds and peak MiB of the whole process.</summary>
    public static int Work(string[] words)
    {
        var rows = int.Parse(words[1], CultureInfo.InvariantCulture);
        var (work, clean) = new EvaluationSpeed().Prepare(words[0], rows);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        work();
        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        Console.WriteLine(FormattableString.Invariant($"{wall} {(process.TotalProcessorTime - before).TotalSeconds} {process.PeakWorkingSet64 / 1048576.0}"));
        clean();
        return 0;
    }

    void IProgressLog.Step(string text)
    {
    }

    void IProgressLog.Detail(string text)
    {
    }

    void IProgressLog.Warn(string text)
    {
    }

    private (Action Work, Action Clean) Prepare(string name, int rows)
    {
        var data = new ScoredData(rows, 1);
        string Slice(int row) => $"s{row * 7 % Slices}";
        if (name == "delong")
        {
            var auc = MetricCatalogue.Find(ModelTask.BinaryClassification, "auc")!;
            return (() => Comparison.Of(data.Rows, 0.95, [], 0, 1).Of(auc, Contrast.Difference(auc)), () => { });
        }

        if (name is "default" or "search")
        {
            var slices = new SliceColumn("slice", false, [.. Enumerable.Range(0, Slices).Select(Slice)], [.. Enumerable.Range(0, rows).Select(row => row % Slices)]);
            var policy = new GateConfiguration
            {
                Rules =
                [
                    new() { Metric = "auc", AtLeast = 0.65, NoWorseBy = new(0.01, false) },
                    new() { Metric = "log-loss", NoWorseBy = new(0.02, true) },
                    new() { Metric = "auc", Slices = ["slice"], NoWorseBy = new(0.03, false) },
                ],
            };
            var input = Input(data, policy, [slices]);
            var searched = new SearchedColumns([.. Enumerable.Range(1, SearchedColumnCount).Select(column => Searched(column, rows))], []);
            input = name == "search" ? input with { Holdout = input.Holdout with { Searched = searched } } : input;
            return (() => Evaluator.Evaluate(input), () => { });
        }

        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        var file = Path.Combine(folder, "scores.csv");
        File.WriteAllLines(file, data.Labels.Select((label, row) => FormattableString.Invariant($"{row},{label},{Slice(row)},{data.Challenger[row]:0.######},{data.Baseline[row]:0.######}")).Prepend("id,y,slice,a,b"));
        return (
            () => new FilesHandler(this).Handle(new() { Predictions = file, Score = "a", Baseline = file, BaselineScore = "b", Label = "y", RowId = "id", Slices = ["slice"] }),
            () => Directory.Delete(folder, recursive: true));
    }

    private static SearchedColumn Searched(int column, int rows)
    {
        var random = new Random(column);
        return new($"c{column}", Sensitive: false, ["a", "b", "c", "d", "e"], [.. Enumerable.Range(0, rows).Select(_ => (byte)random.Next(5))]);
    }

    /// <summary>The scores of two models, to be judged by a policy.</summary>
    public static EvaluationInput Input(ScoredData data, GateConfiguration policy, IReadOnlyList<SliceColumn> slices)
    {
        static SideInput Side(string name, double[] scores)
            => new(name, [new(new() { RunId = name, Seed = 0, ModelDigest = null, PredictionsDigest = name }, new([scores]))]);
        return new()
        {
            Model = "benchmark",
            Mode = RunMode.Full,
            Task = ModelTask.BinaryClassification,
            Policy = policy,
            Holdout = new() { Labels = data.Labels, Classes = ["0", "1"], Slices = slices, Digest = "sha256:none" },
            Challenger = Side("challenger", data.Challenger),
            Baseline = Side("baseline", data.Baseline),
        };
    }

    private static async Task<(double Wall, double Processor, double Peak)> OnceAsync(string name, int rows)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, name, rows.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var numbers = text.Trim().Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }
}
