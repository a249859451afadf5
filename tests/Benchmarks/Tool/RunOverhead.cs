using DuckDB.NET.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Benchmarks.Tool;

/// <summary>What a pull request's run costs besides its trainings, and what judging a finished evaluation costs.</summary>
internal sealed class RunOverhead : IBenchmark
{
    private const int Rows = 300_000;

    private const int Repeats = 3;

    public string Name => "run";

    public string Title => "What mlops adds to its trainings";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        MakeProject(folder);
        var runs = new List<(double Total, RunRecord Record)>();
        for (var i = 0; i < Repeats; i++)
        {
            await progress.WriteLineAsync(FormattableString.Invariant($"run {i + 1} of {Repeats}"));
            runs.Add((ToolProcess.Run(folder, "dotnet", [ToolProcess.MlOps, "run", "--base", "main", "--no-cache", "--quiet"], 0, 1), Latest(folder)));
        }

        var bare = ToolProcess.Median(Enumerable.Range(0, 5).Select(_ => ToolProcess.Run(folder, "dotnet", [ToolProcess.MlOps, "--version"], 0)));
        var gate = ToolProcess.Median(Enumerable.Range(0, 9).Select(_ => ToolProcess.Run(folder, "dotnet", [ToolProcess.MlOps, "gate", "--run", "latest"], 0, 1, 4)));
        var middle = runs.OrderBy(run => run.Total).ElementAt(Repeats / 2);
        var trainings = middle.Record.Challengers.Concat(middle.Record.Baselines).Sum(id => Seconds(folder, id, "train"));
        var scorings = middle.Record.Timings.Where(timing => timing.Step == "score").Sum(timing => timing.Seconds);
        Directory.Delete(folder, recursive: true);
        return FormattableString.Invariant($"""
            `mlops run --base main --no-cache` on {Rows:N0} rows of 8 columns in Parquet, three samples of 20,000 rows, a holdout of 60,000,
            with a trainer and scorer that do nothing: six trainings and six scorings, whole processes, median of {Repeats}.
            Promised: at most 3 s besides the twelve; `mlops gate` at most 250 ms beyond start-up.

            | part | s |
            |:--|--:|
            | whole command | {middle.Total:0.00} |
            | six trainer processes | {trainings:0.00} |
            | six scorings, with the check of what was written | {scorings:0.00} |
            | **everything else** | **{middle.Total - trainings - scorings:0.00}** |
            | of it: data {Step(middle.Record, "data"):0.00}, judge {Step(middle.Record, "judge"):0.00}, start-up {bare:0.00} | |
            | `mlops gate` on a finished evaluation, beyond start-up | {gate - bare:0.000} |

            """);
    }

    private static double Step(RunRecord record, string step)
        => record.Timings.Where(timing => timing.Step == step).Sum(timing => timing.Seconds);

    private static double Seconds(string folder, string id, string step)
        => Step(Documents.Read<RunRecord>(Path.Combine(folder, ".mlops", "runs", id, "run.json")), step);

    private static RunRecord Latest(string folder)
        => Directory.EnumerateFiles(Path.Combine(folder, ".mlops", "runs"), "run.json", SearchOption.AllDirectories)
            .Select(Documents.Read<RunRecord>)
            .Where(record => record.Kind == RunKind.Pipeline)
            .MaxBy(record => record.Id, StringComparer.Ordinal)!;

    private static void MakeProject(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                COPY (SELECT i AS id, (hash(i) % 1000) / 1000.0 AS a, (hash(i + 1) % 1000) / 1000.0 AS b, (hash(i + 2) % 97) AS c,
                      'v' || (hash(i + 3) % 20) AS d, (hash(i + 4) % 7) AS e, timestamp '2026-01-01' + to_minutes(CAST(i AS INTEGER)) AS at,
                      hash(i + 5) % 5 = 0 AS late FROM range({Rows}) t(i))
                TO '{Path.Combine(folder, "data", "rows.parquet")}' (FORMAT parquet)
                """;
            command.ExecuteNonQuery();
        }

        Settings(folder, 1);
        ToolProcess.Run(folder, "git", ["init", "--quiet", "--initial-branch=main"], 0);
        Commit(folder);
        ToolProcess.Run(folder, "git", ["switch", "--quiet", "--create", "change"], 0);
        Settings(folder, 2);
        Commit(folder);
    }

    private static void Commit(string folder)
    {
        ToolProcess.Run(folder, "git", ["add", "--all"], 0);
        ToolProcess.Run(folder, "git", ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "-m", "Change"], 0);
    }

    private static void Settings(string folder, int version) => File.WriteAllText(Path.Combine(folder, "mlops.yml"), FormattableString.Invariant($$"""
        model: bench
        task: binary-classification
        data: { source: data/*.parquet, id: id, label: late, time: at }
        split: { by: time, holdout: 20%, validation: 10% }
        train: { command: [dotnet, '{{ToolProcess.Trainer}}'], parameters: { version: {{version}} } }
        score: { command: [dotnet, '{{ToolProcess.Trainer}}'] }
        gate:
          rules:
            - metric: auc
              no-worse-by: 0.01
            - metric: log-loss
              no-worse-by: 2%
        """));
}
