using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.CrashHost;
using NJsonSchema;

namespace MlOps.Build.Tool.Tests;

/// <summary>A release on the command line: register, approve, deploy, look, roll back, audit.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string First = "01JDA4QZ8Y4X0V5T7N3K2M1P9A";
    private const string Second = "01JDB5QZ8Y4X0V5T7N3K2M1P9B";

    private readonly ToolFixture tool = new();
    private readonly ReleaseWorld world;

    public ReleaseTests()
    {
        tool.Write("mlops.yml", """
            model: late-flights
            task: binary-classification
            data: { source: data/*.parquet, label: late }
            train: { project: src/Training }
            environments:
              staging: { path: deploy/staging }
              production: { path: deploy/production, approvals: 1, approvers: [{ name: ana, publicKey: keys/ana.pub }] }
            """);
        world = new ReleaseWorld(tool.Folder, TimeProvider.System);
        world.Create();
        new RunWriter(world) { Name = First, Baseline = null }.Write();
    }

    public void Dispose() => tool.Dispose();

    [Fact]
    public async Task A_first_model_goes_from_run_to_production()
    {
        Assert.Equal(0, await tool.RunAsync("register", "--run", "01JDA4", "--bootstrap"));
        Assert.Contains("is in the registry", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, await tool.RunAsync("approve", "--to", "production", "--key", "keys/ana.pem", "--comment", "fine"));
        Assert.StartsWith("ana approves", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, await tool.RunAsync("deploy", "--to", "production"));

        var exit = await tool.RunAsync("status");

        Assert.Equal(0, exit);
        Assert.Contains(Digest.Short(world.DigestOf(First)), tool.Output, StringComparison.Ordinal);
        Assert.Empty(tool.Error);
    }

    [Fact]
    public async Task A_first_model_without_bootstrap_is_refused_with_five_and_a_remedy()
    {
        var exit = await tool.RunAsync("register", "--run", First);

        Assert.Equal(5, exit);
        Assert.Empty(tool.Output);
        Assert.StartsWith("error MLO2514:", tool.Error, StringComparison.Ordinal);
        Assert.Contains("fix: Say so with `--bootstrap`", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_without_approval_is_refused_with_five()
    {
        await tool.RunAsync("register", "--run", First, "--bootstrap");

        var exit = await tool.RunAsync("deploy", "--to", "production", "--output", "json");

        var problem = Documents.Parse<ProblemDocument>(Encoding.UTF8.GetBytes(tool.Output), "stdout");
        Assert.Equal((5, "MLO2706", 5), (exit, problem.Code, problem.ExitCode));
    }

    [Fact]
    public async Task A_rollback_without_yes_is_a_usage_problem_and_with_it_goes_back()
    {
        await ReleaseAsync();

        Assert.Equal(2, await tool.RunAsync("rollback", "--to", "production"));
        Assert.Contains("fix: Add `--yes`.", tool.Error, StringComparison.Ordinal);
        Assert.Equal(0, await tool.RunAsync("rollback", "--to", "production", "--yes", "--reason", "errors"));
        Assert.Contains(Digest.Short(world.DigestOf(First)), tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registry_is_read_in_lists_pages_and_history()
    {
        await ReleaseAsync();

        Assert.Equal(0, await tool.RunAsync("models", "list"));
        Assert.Contains("champion, champion@production", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, await tool.RunAsync("models", "show", "champion"));
        Assert.Contains("4f2c9e1", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, await tool.RunAsync("models", "history", "--output", "markdown"));
        Assert.Contains("answers in production", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, await tool.RunAsync("models", "history", "--at", "2020-01-01", "--output", "json"));
        Assert.Empty(Documents.Parse<HistoryAnswer>(Encoding.UTF8.GetBytes(tool.Output), "stdout").Events);
    }

    [Fact]
    public async Task A_time_that_is_none_is_a_usage_problem()
    {
        var exit = await tool.RunAsync("models", "history", "--at", "yesterday");

        Assert.Equal(2, exit);
        Assert.Contains("'yesterday' is not a time", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_registry_is_audited_with_zero_and_a_changed_one_with_one()
    {
        await ReleaseAsync();

        Assert.Equal(0, await tool.RunAsync("audit", "verify"));
        Assert.StartsWith("Everything is what was written.", tool.Output, StringComparison.Ordinal);
        var path = Path.Combine(world.Registry, "models", ReleaseWorld.Model, "events", "0000000002.json");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        tool.Write(path, text.Replace("pass", "fail", StringComparison.Ordinal));
        Assert.Equal(1, await tool.RunAsync("audit", "verify", "--output", "json"));

        var audit = Documents.Parse<AuditAnswer>(Encoding.UTF8.GetBytes(tool.Output), "stdout");
        Assert.Contains(audit.Faults, fault => fault.Where == "event 2");
    }

    [Fact]
    public async Task Every_answer_under_json_is_what_its_schema_says()
    {
        await AssertAnswerAsync("mlops/register/1", "register", "--run", First, "--bootstrap");
        await AssertAnswerAsync("mlops/reject/1", "reject", "--to", "production", "--comment", "not yet");
        await AssertAnswerAsync("mlops/approve/1", "approve", "--to", "production", "--key", "keys/ana.pem");
        await AssertAnswerAsync("mlops/status/1", "status");
        await AssertAnswerAsync("mlops/deploy/1", "deploy", "--to", "production");
        new RunWriter(world) { Name = Second, Baseline = world.DigestOf(First) }.Write();
        await tool.RunAsync("register", "--run", Second);
        await tool.RunAsync("approve", "--to", "production", "--key", "keys/ana.pem");
        await tool.RunAsync("deploy", "--to", "production");
        await AssertAnswerAsync("mlops/rollback/1", "rollback", "--to", "production", "--yes");
        await AssertAnswerAsync("mlops/models-list/1", "models", "list");
        await AssertAnswerAsync("mlops/models-show/1", "models", "show", "champion");
        await AssertAnswerAsync("mlops/models-history/1", "models", "history");
        await AssertAnswerAsync("mlops/audit/1", "audit", "verify");
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public async Task The_same_command_answers_the_same_in_every_culture(string culture)
    {
        await ReleaseAsync();
        await tool.RunAsync("status");
        var expected = tool.Output;
        var before = System.Globalization.CultureInfo.CurrentCulture;

        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
            await tool.RunAsync("status");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(expected, tool.Output);
    }

    [Fact]
    public async Task A_rejected_model_is_named_with_the_reason()
    {
        await tool.RunAsync("register", "--run", First, "--bootstrap");

        Assert.Equal(0, await tool.RunAsync("reject", "--to", "staging", "--comment", "unfair"));
        Assert.Equal(5, await tool.RunAsync("deploy", "--to", "staging"));

        Assert.Contains("unfair", tool.Error, StringComparison.Ordinal);
    }

    private async Task AssertAnswerAsync(string schemaId, params string[] words)
    {
        var schema = await JsonSchema.FromJsonAsync(ContractSchemas.Of(schemaId), TestContext.Current.CancellationToken);

        var exit = await tool.RunAsync([.. words, "--output", "json"]);

        Assert.Equal((0, string.Empty), (exit, tool.Error));
        Assert.Contains($"\"schema\": \"{schemaId}\"", tool.Output, StringComparison.Ordinal);
        Assert.Empty(schema.Validate(tool.Output));
    }

    private async Task ReleaseAsync()
    {
        foreach (var run in (string[])[First, Second])
        {
            if (run == Second)
            {
                new RunWriter(world) { Name = Second, Baseline = world.DigestOf(First) }.Write();
            }

            Assert.Equal(0, await tool.RunAsync(["register", "--run", run, .. run == First ? ["--bootstrap"] : Array.Empty<string>()]));
            Assert.Equal(0, await tool.RunAsync("approve", "--to", "production", "--key", "keys/ana.pem"));
            Assert.Equal(0, await tool.RunAsync("deploy", "--to", "production"));
        }
    }
}
