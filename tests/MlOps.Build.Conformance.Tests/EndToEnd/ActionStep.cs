using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOps.Build.Conformance.Tests.EndToEnd;

/// <summary>A step with our action in a job for a pull request, run by <c>node/run-action.mjs</c>.</summary>
internal sealed class ActionStep : IDisposable
{
    public const string Token = "ghs_theTokenOfThisJob0123456789";

    private static readonly string Runner = Path.Combine(NodeTools.Folder, "run-action.mjs");

    private readonly TemporaryFolder folder = new();
    private readonly Process runner;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private ActionStep(string action, JsonObject step)
    {
        step["temp"] = Directory.CreateDirectory(folder.At("temp")).FullName;
        var file = folder.Write("step.json", step.ToJsonString());
        runner = Process.Start(new ProcessStartInfo("node", [Runner, action, file])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        output = runner.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        error = runner.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts it; <see cref="EndAsync"/> waits for it.</summary>
    /// <param name="action">The folder with action.yml.</param>
    /// <param name="project">What is checked out.</param>
    /// <param name="api">Where GitHub answers.</param>
    /// <param name="headRepository">Where the branch of the pull request is.</param>
    /// <param name="env">Variables of the job besides.</param>
    public static ActionStep Start(string action, VisitProject project, Uri api, string headRepository = "octo/flights", params (string Name, string Value)[] env)
        => Start(action, project, api, new() { ["command"] = "pr" }, headRepository, env);

    /// <summary>Starts it with inputs of one's own.</summary>
    public static ActionStep Start(
        string action, VisitProject project, Uri api, Dictionary<string, string> with, string headRepository = "octo/flights", params (string Name, string Value)[] env) => new(action, new()
        {
            ["workspace"] = project.Folder,
            ["token"] = Token,
            ["with"] = new JsonObject(with.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["env"] = new JsonObject(env.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value))),
            ["github"] = new JsonObject
            {
                ["event_name"] = "pull_request",
                ["repository"] = "octo/flights",
                ["ref"] = "refs/pull/7/merge",
                ["sha"] = project.Head,
                ["base_ref"] = "main",
                ["head_ref"] = "topic",
                ["run_id"] = "19283746",
                ["run_attempt"] = "1",
                ["api_url"] = api.AbsoluteUri,
                ["server_url"] = "https://github.com",
                ["workflow_ref"] = "octo/flights/.github/workflows/mlops.yml@refs/pull/7/merge",
            },
            ["event"] = JsonNode.Parse(Engine.Tests.Hosts.GitHub.GitHubWorld.PullRequest(headRepository, project.Head)),
        });

    /// <summary>What a runner does when the job is cancelled.</summary>
    public void Cancel() => runner.StandardInput.WriteLine("terminate");

    /// <summary>What a runner does to a job that does not end: only the launcher dies of it.</summary>
    public void KillLauncher() => runner.StandardInput.WriteLine("kill");

    public async Task<ActionResult> EndAsync()
    {
        await runner.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(runner.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<ActionResult>(await output, JsonSerializerOptions.Web)!;
    }

    public void Dispose()
    {
        runner.Dispose();
        folder.Dispose();
    }
}

/// <summary>What a runner knows after a step.</summary>
/// <param name="Undeclared">Outputs that action.yml does not name.</param>
internal sealed record ActionResult(
    int Exit,
    string? Signal,
    string Stdout,
    string Stderr,
    string Summary,
    string Paths,
    Dictionary<string, string> Outputs,
    string[] Undeclared,
    Dictionary<string, string> Env,
    WorkflowCommand[] Annotations,
    string[] Masks)
{
    /// <summary>What the log shows: a runner takes the lines that hide a secret for itself.</summary>
    public string All => string.Concat(Stdout.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal)).Select(line => line + "\n")) + Stderr;
}

/// <summary>A line <c>::name properties::message</c>.</summary>
internal sealed record WorkflowCommand(string Name, Dictionary<string, string> Properties, string Message);
