using MlOps.Build.Tool.Tests.Verbs.Run;
using NJsonSchema;

namespace MlOps.Build.Tool.Tests.Verbs;

/// <summary>One project that ran, was released and judged; every answer about it is held against its schema.</summary>
public sealed class AnsweredProject : IAsyncLifetime
{
    internal PipelineProject Project { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Project.Settings(PipelineProject.Good, more: "environments:\n  production: { target: folder, path: deploy/production }\n");
        await OkAsync("run", "--mode", "full", "--bootstrap");
        await OkAsync("register", "--run", "latest");
        await OkAsync("deploy", "--to", "production");
    }

    public ValueTask DisposeAsync()
    {
        Project.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task OkAsync(params string[] words)
        => Assert.True(await Project.RunAsync(words) == 0, Project.Error);
}

public sealed class AnswerSchemaTests(AnsweredProject answered) : IClassFixture<AnsweredProject>
{
    [Theory]
    [InlineData("run-result", "run --mode full")]
    [InlineData("run-result", "run")]
    [InlineData("runs-show", "train")]
    [InlineData("score", "score")]
    [InlineData("runs-list", "runs list")]
    [InlineData("runs-show", "runs show")]
    [InlineData("config", "config show")]
    [InlineData("config", "config validate")]
    [InlineData("doctor", "doctor")]
    [InlineData("verdict", "gate")]
    [InlineData("verdict", "gate explain")]
    [InlineData("verdict", "gate explain --run latest")]
    [InlineData("certificate", "gate selftest --repetitions 20")]
    [InlineData("report", "report")]
    [InlineData("snapshot", "data snapshot")]
    [InlineData("data-validation", "data validate")]
    [InlineData("split", "data split")]
    [InlineData("sample", "data sample --rows 50")]
    [InlineData("problem", "runs show 0")]
    [InlineData("problem", "rollback --to production")]
    public async Task An_answer_is_what_its_schema_says(string schema, string words)
    {
        await answered.Project.RunAsync([.. words.Split(' '), "--output", "json"]);

        await AssertValidAsync(schema, answered.Project.Output);
    }

    [Fact]
    public async Task Two_runs_held_against_each_other_are_what_the_schema_says()
    {
        var runs = answered.Project.Runs();

        await answered.Project.RunAsync("runs", "compare", runs[0].Id, runs[1].Id, "--output", "json");

        await AssertValidAsync("runs-compare", answered.Project.Output);
    }

    private static async Task AssertValidAsync(string name, string answer)
    {
        var file = Path.Combine(Schemas(), $"{name}.1.schema.json");
        var schema = await JsonSchema.FromFileAsync(file, TestContext.Current.CancellationToken);
        Assert.NotEmpty(answer);
        Assert.True(answer.Contains($"\"mlops/{name}/1\"", StringComparison.Ordinal), answer);
        Assert.Empty(schema.Validate(answer));
    }

    private static string Schemas()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "schemas");
    }
}
