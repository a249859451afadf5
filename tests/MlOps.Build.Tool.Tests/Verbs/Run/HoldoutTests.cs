using DuckDB.NET.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs.Run;

public sealed class HoldoutTests : IDisposable
{
    private readonly PipelineProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("pr")]
    [InlineData("full")]
    public async Task No_holdout_is_there_while_a_trainer_runs(string mode)
    {
        project.Settings("{ mode: list, scoreMode: column }", seeds: 2);
        await project.PipelineAsync("--mode", mode);

        var seen = project.Runs().Where(run => run.Kind == RunKind.Training)
            .Select(run => File.ReadAllText(project.RunFile(run, "seen.txt"))).ToArray();

        Assert.Equal(mode == "pr" ? 2 : 1, seen.Length);
        Assert.All(seen, files =>
        {
            Assert.Contains("train.parquet", files, StringComparison.Ordinal);
            Assert.DoesNotContain("holdout", files, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Only_the_labels_are_kept_after_the_run()
    {
        var (_, result) = await project.PipelineAsync();

        Assert.Equal(
            ["holdout-labels.parquet"],
            Directory.EnumerateFiles(project.RunFile(result.Run, "data"), "*.parquet", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_a_scorer_reads_has_no_label()
    {
        project.Settings("{ scoreMode: keep }");

        var (_, result) = await project.PipelineAsync();

        var columns = Columns(project.RunFile(result.Run, "predictions/challenger-0.parquet.seen"));
        Assert.Contains("x", columns);
        Assert.DoesNotContain("late", columns);
    }

    [Fact]
    public async Task Copies_of_a_project_in_two_folders_are_measured_alike()
    {
        using var copy = new PipelineProject();

        var (_, here) = await project.PipelineAsync();
        var (_, there) = await copy.PipelineAsync();

        Assert.Equal(Measured(project, here), Measured(copy, there));
        Assert.NotEqual(here.Run.Id, there.Run.Id);
    }

    /// <summary>The names of the training runs are the only thing that differs.</summary>
    private static string Measured(PipelineProject project, RunResult result)
        => result.Run.Challengers.Aggregate(
            File.ReadAllText(project.RunFile(result.Run, "evaluation.json")),
            (text, id) => text.Replace(id, "RUN", StringComparison.Ordinal));

    private static List<string> Columns(string file)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM parquet_schema(?)";
        command.Parameters.Add(new DuckDBParameter(file));
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
