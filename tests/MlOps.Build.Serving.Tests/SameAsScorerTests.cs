using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using MlOps.Build.Contracts;
using MlOps.Build.Training;
using MlOps.Build.Training.Tests.Trainer;

namespace MlOps.Build.Serving.Tests;

/// <summary>A model that MlOps.Build.Training saved is served with exactly what its scorer wrote.</summary>
public sealed class SameAsScorerTests : IDisposable
{
    private const string Rows =
        """
        SELECT 'f' || lpad(i::VARCHAR, 7, '0') AS row_id, ['AA', 'B6', 'DL'][1 + i % 3] AS carrier,
               CASE WHEN i % 17 = 0 THEN NULL ELSE ['EWR', 'JFK'][1 + i % 2] END AS origin,
               (200 + (i * 7919) % 2400)::INTEGER AS distance,
               CASE WHEN i % 11 = 0 THEN NULL ELSE (30 + (i * 31) % 300)::DOUBLE END AS air_time,
               TIMESTAMP '2024-01-01 00:00:00' + to_minutes((i * 97) % 500000) AS scheduled_departure
        """;

    private readonly TestEnvironment _environment = new();

    [Fact]
    public Task A_binary_model() => CompareAsync(
        ModelTask.BinaryClassification,
        "i % 3 = 1 OR hour(scheduled_departure) > 15",
        "prediction::VARCHAR || ' ' || score::FLOAT::VARCHAR",
        answer => $"{(answer.GetProperty("prediction").GetBoolean() ? "true" : "false")} {Number(answer.GetProperty("probability"))}");

    [Fact]
    public Task A_binary_model_at_the_threshold_that_it_was_judged_at() => CompareAsync(
        ModelTask.BinaryClassification,
        "i % 3 = 1 OR hour(scheduled_departure) > 15",
        "(score >= 0.99)::VARCHAR || ' ' || (score >= 0.5 AND score < 0.99)::INTEGER::VARCHAR",
        answer => $"{(answer.GetProperty("prediction").GetBoolean() ? "true" : "false")} {(answer.GetProperty("probability").GetDouble() is >= 0.5 and < 0.99 ? 1 : 0)}",
        new ModelThreshold(0.99, "youden", 120));

    [Fact]
    public Task A_regression() => CompareAsync(
        ModelTask.Regression,
        "(distance / 100.0 + hour(scheduled_departure))::DOUBLE",
        "score::FLOAT::VARCHAR",
        answer => Number(answer.GetProperty("prediction")));

    [Fact]
    public Task A_model_with_several_classes() => CompareAsync(
        ModelTask.MulticlassClassification,
        "CASE WHEN distance > 1800 THEN 'late' WHEN i % 3 = 0 THEN 'early' ELSE 'on time' END",
        "prediction || ' ' || score_early::FLOAT::VARCHAR || ' ' || score_late::FLOAT::VARCHAR",
        answer => $"{answer.GetProperty("prediction").GetString()} "
            + $"{Number(answer.GetProperty("scores").GetProperty("early"))} {Number(answer.GetProperty("scores").GetProperty("late"))}");

    public void Dispose() => _environment.Dispose();

    private async Task CompareAsync(ModelTask task, string label, string expected, Func<JsonElement, string> actual, ModelThreshold? threshold = null)
    {
        var holdout = await TrainAndScoreAsync(task, label, threshold);
        await using var service = await TestService.StartAsync(builder => builder.AddMlOpsServing<Flight>(
            task, options => options.Deployment = _environment.Folder));

        using var response = await service.ScoreAsync(
            $"[{string.Join(',', Read($"SELECT to_json(r) FROM (SELECT carrier, origin, distance, air_time AS \"airTime\", strftime(scheduled_departure, '%Y-%m-%dT%H:%M:%S') AS \"scheduledDeparture\" FROM '{holdout}' ORDER BY row_id) r"))}]");

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var answers = JsonDocument.Parse(text);
        Assert.Equal(
            Read($"SELECT {expected} FROM '{File("predictions.parquet")}' ORDER BY row_id").Select(Canonical),
            answers.RootElement.EnumerateArray().Select(actual).Select(Canonical));
        if (threshold is not null)
        {
            Assert.Contains(answers.RootElement.EnumerateArray().Select(actual), answer => answer == "false 1");
        }
    }

    private async Task<string> TrainAndScoreAsync(ModelTask task, string label, ModelThreshold? threshold)
    {
        var columns = new ColumnRoles
        {
            Id = "row_id",
            Label = "label",
            Time = null,
            Group = null,
            Ignore = [],
            Sensitive = [],
        };
        Run($"COPY (SELECT *, {label} AS label FROM ({Rows}, i FROM range(600) t(i)) q) TO '{File("train.parquet")}' (FORMAT parquet)");
        Run($"COPY ({Rows} FROM range(600, 700) t(i)) TO '{File("holdout.parquet")}' (FORMAT parquet)");
        await RunAsync(new TrainRequest
        {
            OutputDirectory = File("run"),
            TrainData = File("train.parquet"),
            ValidationData = null,
            Columns = columns,
            Task = task,
            Seed = 1,
            Threads = 1,
            Parameters = new Dictionary<string, ParameterValue> { ["trees"] = ParameterValue.Of(10) },
            Budget = new TrainingBudget { Seconds = null, Bytes = null },
        });
        await RunAsync(new ScoreRequest
        {
            ModelDirectory = File("run/model"),
            Data = File("holdout.parquet"),
            Output = File("predictions.parquet"),
            Columns = columns,
            Task = task,
            Threads = 1,
        });
        Deploy(task, threshold);
        return File("holdout.parquet");
    }

    private void Deploy(ModelTask task, ModelThreshold? threshold)
    {
        var files = Directory.GetFiles(File("run/model")).Select(path
            => new FileDigest(Path.GetFileName(path), new FileInfo(path).Length, Digest.OfFile(path))).ToArray();
        var digest = Digest.MerkleRoot(files);
        Directory.CreateDirectory(_environment.FolderOf(digest));
        Directory.Move(File("run/model"), Path.Combine(_environment.FolderOf(digest), "model"));
        AtomicFile.Write(
            Path.Combine(_environment.FolderOf(digest), "model.json"),
            Models.First.Manifest() with { Task = task, ModelDigest = digest, Files = files, Threshold = threshold });
        _environment.Deploy(digest);
    }

    private async Task RunAsync<T>(T request)
        where T : class, IDocument
    {
        AtomicFile.Write(File("request.json"), request);
        Assert.Equal(0, await TrainerHost.RunAsync(
            ["--request", File("request.json")], new LateFlights(), TestContext.Current.CancellationToken));
    }

    private string File(string name) => Path.Combine(_environment.Folder, name);

    private static string Number(JsonElement number) => number.GetSingle().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>DuckDB and .NET write the same float differently: compare the floats.</summary>
    private static string Canonical(string answer) => string.Join(' ', answer.Split(' ').Select(word
        => float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? BitConverter.SingleToInt32Bits(number).ToString(CultureInfo.InvariantCulture)
            : word));

    private static void Run(string sql) => _ = Read(sql);

    private static List<string> Read(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return rows;
    }
}
