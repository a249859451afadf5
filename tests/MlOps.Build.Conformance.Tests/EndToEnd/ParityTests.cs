using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MlOps.Build.Cake.Tests;
using MlOps.Build.Engine.Tests.Hosts.AzureDevOps;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>One engine, three faces: the action, the task and the Cake alias reach the same verdict, byte by byte.</summary>
public sealed class ParityTests(PackedEngine engine, CakeScripts cake) : IClassFixture<CakeScripts>, IDisposable
{
    private const string Epoch = "1764000000";

    /// <summary>What trainers see is a part of a training's key, and the small runner passes less of it than the others inherit.</summary>
    private static readonly (string Name, string Value)[] Machine =
    [
        ("SOURCE_DATE_EPOCH", Epoch),
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(pair => (Name: (string)pair.Key, Value: (string)pair.Value!))
            .Where(pair => pair.Name.StartsWith("DOTNET_", StringComparison.Ordinal) || pair.Name.StartsWith("LC_", StringComparison.Ordinal) || TrainerEnvironment.Names.Contains(pair.Name)),
    ];

    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    private readonly VisitProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task In_one_checkout_a_pull_request_and_its_gate_get_the_same_bytes_and_the_same_end_from_all_three()
    {
        project.Push(VisitProject.Bad);

        var (verdicts, run) = await JudgeAsync(project, project, project, gate: true);
        var action = await ActionAsync(project, new() { ["command"] = "gate", ["run"] = run, ["verdict-file"] = "action.json", ["allow-advisory"] = "true" });
        var task = await TaskAsync(project, new() { ["command"] = "gate", ["run"] = run, ["verdictFile"] = "task.json", ["allowAdvisory"] = "true" });

        Assert.True((action.Exit, task.Exit) == (1, 1), action.All + task.Output + task.Error);
        Assert.Contains("\"verdict\": \"fail\"", verdicts[0], StringComparison.Ordinal);
        Assert.Contains("\"createdAt\": \"2025-11-24T16:00:00", verdicts[0], StringComparison.Ordinal);
        verdicts = [.. verdicts, .. new[] { "action.json", "task.json", "alias.json" }.Select(file => File.ReadAllText(project.At(file)))];
        Assert.All(verdicts, verdict => Assert.Equal(verdicts[0], verdict));
    }

    [Fact]
    public async Task Three_machines_differ_in_the_names_of_their_runs_and_in_nothing_else()
    {
        project.Push(VisitProject.Other);
        using var second = project.Clone();
        using var third = project.Clone();

        var verdicts = (await JudgeAsync(project, second, third)).Verdicts.Select(WithoutRuns).ToArray();

        Assert.Contains("\"verdict\":\"pass\"", verdicts[0], StringComparison.Ordinal);
        Assert.All(verdicts, verdict => Assert.Equal(verdicts[0], verdict));
    }

    private static string WithoutRuns(string verdict)
    {
        var document = JsonNode.Parse(verdict)!;
        var subject = document["subject"]!.AsObject();
        foreach (var (run, model) in new[] { ("challengerRuns", "challengers"), ("baselineRuns", "baselines") })
        {
            Assert.Equal(subject[model]!.AsArray().Count, subject[run]!.AsArray().Count);
            subject.Remove(run);
        }

        // evaluation.json names the runs, so its digest follows from them.
        Assert.True(subject.Remove("evaluation"));
        return document.ToJsonString();
    }

    private async Task<(string[] Verdicts, string Run)> JudgeAsync(VisitProject first, VisitProject second, VisitProject third, bool gate = false)
    {
        var action = await ActionAsync(first, new() { ["command"] = "pr", ["comment"] = "never" });
        var task = await TaskAsync(second, new() { ["command"] = "pr", ["comment"] = "never" });
        var (exit, alias) = await cake.RunAsync(
            $$"""
            T At<T>(T settings) where T : MlOpsSettings
            {
                settings.EnginePath = "{{EnginePath}}";
                settings.WorkingDirectory = "{{third.Folder.Replace('\\', '/')}}";
                settings.HandleExitCode = code => code is 0 or 1;
                return settings;
            }

            var answer = MlOpsPr(At(new MlOpsPrSettings { Base = "main" }));
            Information("judged {0} {1} {2} end", answer.ExitCode, answer.Verdict, answer.RunId);
            if ({{(gate ? "true" : "false")}})
            {
                var again = MlOpsGate(At(new MlOpsGateSettings { Run = answer.RunId, VerdictFile = "alias.json" }));
                Information("again {0} {1}", again.ExitCode, again.Verdict);
            }
            """,
            ("SOURCE_DATE_EPOCH", Epoch));

        Assert.True(action.Exit is 0 or 1, action.All);
        Assert.True((task.Exit, exit) == (action.Exit, 0), task.Output + task.Error + alias);
        var judged = $"{action.Exit} {action.Outputs["verdict"]}";
        Assert.True(!gate || alias.Contains($"again {judged}", StringComparison.Ordinal), alias);
        var run = action.Outputs["run-id"];
        return ([Verdict(first, run), Verdict(second, Between(task.Output, "variable=runId;isOutput=true;]", "\n")), Verdict(third, Between(alias, $"judged {judged} ", " end"))], run);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0, text);
        return text[(start + before.Length)..].Split(after)[0];
    }

    private static string Verdict(VisitProject project, string run) => File.ReadAllText(project.At(Path.Combine(".mlops", "runs", run, "verdict.json")));

    private string EnginePath => Path.Combine(engine.Action, "tasks", "engine", RuntimeInformation.RuntimeIdentifier).Replace('\\', '/');

    private async Task<ActionResult> ActionAsync(VisitProject checkout, Dictionary<string, string> with)
    {
        using var step = ActionStep.Start(engine.Action, checkout, Nowhere, with, env: Machine);
        return await step.EndAsync();
    }

    private Task<StepRun> TaskAsync(VisitProject checkout, Dictionary<string, string> with)
    {
        var env = new Dictionary<string, string>(new AzureWorld().Variables, StringComparer.Ordinal)
        {
            ["SYSTEM_COLLECTIONURI"] = $"{Nowhere}org/",
            ["SYSTEM_PULLREQUEST_SOURCECOMMITID"] = checkout.Head,
            ["BUILD_REASON"] = "PullRequest",
            ["BUILD_SOURCESDIRECTORY"] = checkout.Folder,
            ["AGENT_TEMPDIRECTORY"] = Directory.CreateDirectory(checkout.At(".mlops/agent")).FullName,
            ["SOURCE_DATE_EPOCH"] = Epoch,
        };
        env.Remove("SYSTEM_ACCESSTOKEN");
        return StepRun.TaskAsync(engine.Task, checkout.Folder, with, env);
    }
}
