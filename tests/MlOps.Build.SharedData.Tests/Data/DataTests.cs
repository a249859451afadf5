using System.Globalization;
using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.SharedData.Tests.Data;

public sealed class DataTests : IProgressLog
{
    private static readonly DataSettings Settings = new() { WorkDirectory = Path.GetTempPath() };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Hash_samples_of_real_ids_have_the_golden_sizes_and_the_golden_smallest_rows()
    {
        var flights = SharedData.Need("data/nyc-flights-2013.parquet");
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Need("golden/sampling/sampling.json")));
        using var session = new DataSession(Settings, Stop);
        session.Run($"CREATE VIEW flights AS SELECT flight_id FROM {Sql.Text(flights)}");

        foreach (var (seed, name) in new[] { (0UL, "xxh64_seed0"), (42UL, "xxh64_seed42") })
        {
            foreach (var share in new[] { 0.001, 0.01, 0.1, 0.5 })
            {
                var expected = golden.RootElement.GetProperty("counts")
                    .GetProperty(string.Create(CultureInfo.InvariantCulture, $"{name}|{share}")).GetInt64();
                var cutoff = Sql.Hash((ulong)(share * 18446744073709551616.0));

                Assert.Equal(expected, session.Count($"SELECT count(*) FROM flights WHERE xxh64(flight_id, {Sql.Hash(seed)}) < {cutoff}"));
            }
        }

        Assert.Equal(
            golden.RootElement.GetProperty("bottom_k").GetProperty("xxh64_seed0|k=10").EnumerateArray().Select(id => id.GetString()),
            session.Rows($"SELECT flight_id FROM flights ORDER BY xxh64(flight_id, {Sql.Hash(0)}) LIMIT 10", row => row.GetString(0)).ToArray());
    }

    [Fact]
    public void A_year_of_flights_is_what_its_description_says()
    {
        var data = Flights("nyc-flights-2013.parquet");

        var snapshot = new SnapshotHandler(Folder(), Settings).Take(data, Stop);

        Assert.Equal(336_776, snapshot.Rows);
        Assert.Equal(28, snapshot.Columns.Length);
        Assert.Equal(2_512, snapshot.Columns.Single(column => column.Name == "tailnum").Nulls);
        Assert.Equal("sha256:2a35989bebf98f4f5f8f30493711a0a67115f396021fcc8ecd1ce5b65ed17315", snapshot.Files.Single().Digest);
    }

    [Fact]
    public void Three_years_are_one_dataset_with_one_key()
    {
        var plan = new DataPreparation(Folder(), Settings, this).Plan(Plan(Flights("nyc-flights-*.parquet"), SplitMethod.Hash), Stop);

        var rows = plan.Record.Train.Rows + plan.Record.Validation.Rows + plan.Record.Holdout.Rows;
        Assert.InRange(plan.Record.Holdout.Rows / (double)rows, 0.198, 0.202);
        Assert.InRange(rows, 800_000, 900_797 - 9_430);
    }

    [Fact]
    public void Csv_and_parquet_of_a_year_are_sampled_alike()
    {
        SharedData.Need("data/nyc-flights-2013.csv.gz");
        var root = Directory.CreateTempSubdirectory("mlops flights ").FullName;
        var samples = new[] { "nyc-flights-2013.parquet", "nyc-flights-2013.csv.gz" }.Select(file =>
        {
            var split = new DataPreparation(Folder(), Settings, this).Plan(Plan(Flights(file), SplitMethod.Time), Stop);
            return (Digest.OfDocument(split.Record), split.WriteTraining(Path.Combine(root, file), 42, Stop).Replicates[0].Sample.Digest);
        }).ToArray();
        Directory.Delete(root, recursive: true);

        Assert.Equal(samples[0], samples[1]);
    }

    [Fact]
    public void The_one_impossible_wind_speed_is_found()
    {
        SharedData.Need("data/nyc-weather-2013.csv.gz");
        var data = new DataConfiguration
        {
            Source = "nyc-weather-2013.csv.gz",
            Label = "temp",
            Expect = new Dictionary<string, ColumnExpectation> { ["wind_speed"] = new() { Max = 200 } },
        };

        var answer = new ValidateHandler(Folder(), Settings).Handle(
            Plan(data, SplitMethod.Hash) with { Task = ModelTask.Regression }, Stop);

        var check = Assert.Single(answer.Document.Checks, check => check.Check == "max");
        Assert.Equal((ExitCode.No, 1L), (answer.Exit, check.BadRows));
        Assert.StartsWith("1048.36", check.Observed, StringComparison.Ordinal);
        Assert.StartsWith("1048.36", check.Examples.Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_repeated_rows_of_three_million_are_found()
    {
        SharedData.Need("data/flights-3m.parquet");
        var data = new DataConfiguration { Source = "flights-3m.parquet", Label = "delay" };

        var answer = new ValidateHandler(Folder(), Settings).Handle(
            Plan(data, SplitMethod.Hash) with { Task = ModelTask.Regression }, Stop);

        Assert.Equal(191, Assert.Single(answer.Document.Checks, check => check.Check == "repeated-rows").BadRows);
    }

    void IProgressLog.Step(string text)
    {
    }

    void IProgressLog.Warn(string text)
    {
    }

    void IProgressLog.Detail(string text)
    {
    }

    private static string Folder() => Path.GetDirectoryName(SharedData.Need("data/nyc-flights-2013.parquet"))!;

    private static DataConfiguration Flights(string source)
        => new() { Source = source, Id = ["flight_id"], Label = "late", Time = "date", Ignore = ["arr_delay", "dep_delay", "air_time", "cancelled"] };

    private static DataPlan Plan(DataConfiguration data, SplitMethod by) => new()
    {
        Data = data,
        Split = new() { By = by },
        Sample = new(),
        Task = ModelTask.BinaryClassification,
        Mode = RunMode.Pr,
        SnapshotDigest = Digest.Of("snapshot"),
    };
}
