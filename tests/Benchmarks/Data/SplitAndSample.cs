using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Benchmarks.Data;

/// <summary>What a pull request's data cost: split, three samples and the holdout, each in a process of its own.</summary>
internal sealed class SplitAndSample : IBenchmark
{
    /// <summary>The first word of a child process.</summary>
    public const string Verb = "data-once";

    private const int Repeats = 3;

    private static readonly string[] Cases = ["key hash pr", "key time pr", "row hash pr", "row time pr", "key hash full"];

    public string Name => "data";

    public string Title => "Splitting and sampling three million rows";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        MakeData(folder);
        var page = new StringBuilder("""
            Flights of 2001 (five columns, Parquet). A pull request's data: plan the split, write three samples of 20,000 rows, the
            validation rows and a holdout of 100,000 rows; `full` writes every row. Medians of whole processes, 2 threads.
            Promised: 3 s, 500 MiB and less than 20 % more memory for ten times the rows. *row*: no id, so the content of a row is its key.


            """).AppendLine("| key, split, mode | rows | wall s | processor s | peak MiB |").AppendLine("|:--|--:|--:|--:|--:|");
        foreach (var name in Cases)
        {
            foreach (var rows in new[] { 300_000, 3_000_000 })
            {
                await progress.WriteLineAsync(FormattableString.Invariant($"{name}, {rows} rows"));
                var runs = Enumerable.Range(0, Repeats).Select(_ => Once(folder, name, rows)).ToArray();
                page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {rows:N0} | {Median(runs, 0):0.00} | {Median(runs, 1):0.00} | {Median(runs, 2):0} |");
            }
        }

        Directory.Delete(folder, recursive: true);
        return page.ToString();
    }

    /// <summary>The child: does the work and prints seconds, processor seconds and peak MiB.</summary>
    public static int Work(string[] words)
    {
        var watch = Stopwatch.StartNew();
        var (folder, key, by, mode, rows) = (words[0], words[1], words[2], words[3], words[4]);
        var data = new DataConfiguration
        {
            Source = $"flights-{rows}.parquet",
            Label = "delay",
            Time = "date",
            Id = key == "key" ? ["flight_id"] : [],
        };
        if (key == "row")
        {
            data = data with { Source = $"flights-{rows}-row.parquet" };
        }

        var split = new DataPreparation(folder, new DataSettings { WorkDirectory = folder }, new Quiet()).Plan(new DataPlan
        {
            Data = data,
            Split = new() { By = Enum.Parse<SplitMethod>(by, ignoreCase: true) },
            Sample = new(),
            Task = ModelTask.Regression,
            Mode = Enum.Parse<RunMode>(mode, ignoreCase: true),
            SnapshotDigest = Digest.Of("benchmark"),
        });
        split.WriteTraining(Path.Combine(folder, "out"), 42);
        split.WriteHoldout(Path.Combine(folder, "out"));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"{watch.Elapsed.TotalSeconds} {process.TotalProcessorTime.TotalSeconds} {process.PeakWorkingSet64 / 1048576.0}"));
        return 0;
    }

    private static double[] Once(string folder, string name, int rows)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in new[] { Verb, folder }.Concat(name.Split(' ')).Append(rows.ToString(CultureInfo.InvariantCulture)))
        {
            start.ArgumentList.Add(word);
        }

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? [.. output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"{name} ended with exit code {child.ExitCode}.");
    }

    private static double Median(double[][] runs, int place) => runs.Select(run => run[place]).Order().ElementAt(runs.Length / 2);

    private static void MakeData(string folder)
    {
        var shared = Environment.GetEnvironmentVariable("MLOPS_SHARED")
            ?? throw new InvalidOperationException("Set MLOPS_SHARED to the folder that holds data/flights-3m.parquet.");
        var source = Sql.Text(Path.Combine(shared, "data", "flights-3m.parquet"));
        using var session = new DataSession(new DataSettings { WorkDirectory = folder }, CancellationToken.None);
        session.Run("SET preserve_insertion_order = true");
        foreach (var rows in new[] { 300_000, 3_000_000 })
        {
            session.Run(FormattableString.Invariant($"""
                COPY (SELECT * FROM {source} LIMIT {rows}) TO {Sql.Text(Path.Combine(folder, $"flights-{rows}-row.parquet"))} (FORMAT parquet);
                COPY (SELECT 'F' || row_number() OVER () AS flight_id, * FROM {source} LIMIT {rows})
                    TO {Sql.Text(Path.Combine(folder, $"flights-{rows}.parquet"))} (FORMAT parquet);
                """));
        }
    }

    private sealed class Quiet : IProgressLog
    {
        public void Step(string text)
        {
        }

        public void Warn(string text)
        {
        }

        public void Detail(string text)
        {
        }
    }
}
