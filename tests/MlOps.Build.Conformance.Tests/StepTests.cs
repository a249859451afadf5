using System.Text.RegularExpressions;
using MlOps.Build.Catalog;
using MlOps.Build.Conformance.Tests.Actions;
using MlOps.Build.Extension;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests;

/// <summary>The action, the actions of the commands and the task, started as their hosts start them.</summary>
public sealed class StepTests : IDisposable
{
    private static readonly TaskCatalog Catalog = CatalogReader.Read(File.ReadAllText(Path.Combine(Repository.Root, "tasks", "catalog.json")));

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands => [.. Catalog.Shipped.Select(command => command.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task On_GitHub_the_action_and_the_one_of_the_command_start_the_same(string command)
    {
        var env = Env(exit: 1);

        var root = await StepRun.ActionAsync(Repository.Root, folder.Path, With("command", command), env);
        var own = await StepRun.ActionAsync(Path.Combine(Repository.Root, "tasks", "github", command), folder.Path, With(), env);

        Assert.Equal((1, 1), (root.Exit, own.Exit));
        Assert.Equal(["ci", command], root.Call.Words[1..]);
        Assert.Equal(root.Call.Words, own.Call.Words);
        Assert.All(Catalog.Shipped.Single(one => one.Name == command).Inputs, name => Assert.True(own.Call.Env.ContainsKey("INPUT_" + CatalogNames.Camel(name).ToUpperInvariant()) || Catalog.Input(name).Required, name));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task On_Azure_DevOps_the_task_starts_it_with_the_token_of_the_job_and_no_other_secret(string command)
    {
        var env = Env(exit: 0);
        env["TF_BUILD"] = "True";
        env.Remove("INPUT_ENGINE-PATH", out var engine);
        env["INPUT_ENGINEPATH"] = engine!;
        env["ENDPOINT_AUTH_SYSTEMVSSCONNECTION"] = """{"parameters":{"AccessToken":"job-token"},"scheme":"OAuth"}""";
        env["ENDPOINT_AUTH_5f0c"] = "cloud-secret";
        env["SECRET_KEY"] = "variable-secret";

        var run = await StepRun.TaskAsync(Task(), folder.Path, With("command", command), env);

        Assert.True(run.Exit == 0, run.Error);
        Assert.Equal(["ci", command], run.Call.Words[1..]);
        Assert.Equal("job-token", run.Call.Env["SYSTEM_ACCESSTOKEN"]);
        Assert.DoesNotContain(run.Call.Env, pair => pair.Value.Contains("-secret", StringComparison.Ordinal) || (pair.Key != "SYSTEM_ACCESSTOKEN" && pair.Value.Contains("job-token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_problem_of_the_task_is_a_line_that_the_agent_understands()
    {
        var env = Env(exit: 0);
        env["TF_BUILD"] = "True";
        env["INPUT_ENGINEPATH"] = folder.At("none");

        var run = await StepRun.TaskAsync(Task(), folder.Path, With("command", "pr"), env);

        Assert.Equal(3, run.Exit);
        var issue = Regex.Match(run.Output, @"^##vso\[task\.logissue type=(?<type>[a-z]+);code=(?<code>MLO[0-9]{4})\](?<text>.+)$", RegexOptions.Multiline);
        Assert.Equal(("error", "MLO2902"), (issue.Groups["type"].Value, issue.Groups["code"].Value));
    }

    [Fact]
    public void Every_action_breaks_none_of_our_rules_and_names_a_program_that_is_there()
    {
        string[] folders = [Repository.Root, .. Catalog.Shipped.Select(command => Path.Combine(Repository.Root, "tasks", "github", command.Name))];

        Assert.All(folders, path =>
        {
            var text = File.ReadAllText(Path.Combine(path, "action.yml"));
            Assert.Empty(WorkflowRules.InAction(text));
            Assert.True(File.Exists(Path.Combine(path, Regex.Match(text, "^  main: (.+)$", RegexOptions.Multiline).Groups[1].Value)), path);
        });
    }

    private static Dictionary<string, string> With(params string[] pairs)
        => pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private Dictionary<string, string> Env(int exit)
    {
        folder.Write("engine/mlops.dll", "engine");
        EngineDigest.Write(folder.At("engine"));
        return new(StringComparer.Ordinal) { ["PATH"] = FakeDotnet.PathWith(folder, exit), ["INPUT_ENGINE-PATH"] = folder.At("engine") };
    }

    private string Task()
    {
        folder.Write("engines/version.txt", "1.4.2\n");
        ExtensionFolder.Write(Repository.Root, folder.At("content"), "1.4.2", folder.At("engines"));
        return folder.At("content/MlOpsBuild");
    }
}
