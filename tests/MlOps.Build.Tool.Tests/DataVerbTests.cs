using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests;

public sealed class DataVerbTests : IDisposable
{
    private readonly ToolFixture tool = new();

    public DataVerbTests()
    {
        Settings(string.Empty);
        tool.Write("data/flights.csv", "id,distance,late\n" + string.Concat(
            Enumerable.Range(0, 400).Select(i => $"F{i},{100 + i},{(i % 3 == 0 ? 1 : 0)}\n")));
    }

    public void Dispose() => tool.Dispose();

    [Fact]
    public async Task Snapshot_answers_with_the_digest_that_it_locks()
    {
        var exit = await tool.RunAsync("data", "snapshot", "--output", "json");

        var snapshot = Parse<Snapshot>();
        Assert.Equal((0, 400), (exit, snapshot.Rows));
        Assert.Contains($"\"data/*.csv\": \"{snapshot.Digest}\"", File.ReadAllText(Path.Combine(tool.Folder, "mlops.lock.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_says_yes_to_good_data()
    {
        var exit = await tool.RunAsync("data", "validate");

        Assert.Equal(0, exit);
        Assert.Contains("400 rows, 3 columns: 0 errors, 0 warnings", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_says_no_to_data_that_break_their_contract()
    {
        Settings("  expect: { distance: { max: 497 } }\n");

        var exit = await tool.RunAsync("data", "validate");

        Assert.Equal(1, exit);
        Assert.Contains("error: distance: 2 rows are above 497.", tool.Output, StringComparison.Ordinal);
        Assert.Contains("for example: F398 = 498, F399 = 499", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_answers_with_a_document()
    {
        await tool.RunAsync("data", "validate", "--output", "json");

        Assert.Equal(CheckResult.Pass, Parse<DataValidation>().Result);
    }

    [Fact]
    public async Task Split_writes_the_files_of_a_release()
    {
        var exit = await tool.RunAsync("data", "split", "--out", "my parts", "--output", "json");

        var split = Parse<SplitRecord>();
        Assert.Equal((0, 400), (exit, split.Train.Rows + split.Validation.Rows + split.Holdout.Rows));
        Assert.Equal(
            ["holdout-labels.parquet", "holdout.parquet", "split.json", "train.parquet", "validation.parquet"],
            Directory.EnumerateFiles(Path.Combine(tool.Folder, "my parts")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sample_takes_the_rows_and_the_seed_that_were_asked_for()
    {
        var exit = await tool.RunAsync("data", "sample", "--rows", "30", "--seed", "7", "--output", "json");

        var sample = Parse<SampleRecord>();
        Assert.Equal((0, 30, 7), (exit, sample.Rows, sample.Seed));
        Assert.True(File.Exists(Path.Combine(tool.Folder, ".mlops", "data", "sample-0", "train.parquet")));
    }

    [Fact]
    public async Task Data_that_are_not_there_are_worth_a_retry()
    {
        File.Delete(Path.Combine(tool.Folder, "data", "flights.csv"));

        var exit = await tool.RunAsync("data", "split");

        Assert.Equal(3, exit);
        Assert.Contains("error MLO2101: No data was found at 'data/*.csv'.", tool.Error, StringComparison.Ordinal);
        Assert.Empty(tool.Output);
    }

    [Fact]
    public async Task A_memory_limit_that_is_no_number_is_a_problem()
    {
        tool.Variables["MLOPS_DATA_MEMORY"] = "much";

        var exit = await tool.RunAsync("data", "snapshot");

        Assert.Equal(2, exit);
        Assert.Contains("MLO2113", tool.Error, StringComparison.Ordinal);
    }

    private T Parse<T>()
        where T : class, IDocument
        => Documents.Parse<T>(System.Text.Encoding.UTF8.GetBytes(tool.Output), "stdout");

    private void Settings(string more) => tool.Write("mlops.yml", $"""
        model: late-flights
        task: binary-classification
        data:
          source: data/*.csv
          id: id
          label: late
        {more}train:
          command: [trainer]
        score:
          command: [scorer]
        """);
}
