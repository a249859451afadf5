using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Templates.Tests.Workflows;

/// <summary>
/// Runs a job of a workflow step by step, as GitHub's runner does: expressions filled in, conditions looked at, commands through
/// bash, outputs read, artifacts handed over.
/// </summary>
/// <param name="workspace">The clone, which <c>actions/checkout</c> made.</param>
/// <param name="temporary">A folder of the job's own.</param>
/// <param name="artifacts">Those of the run.</param>
/// <param name="environment">The variables of the job.</param>
internal sealed class Runner(string workspace, string temporary, Artifacts artifacts, IReadOnlyDictionary<string, string> environment)
{
    private readonly Dictionary<string, string> outputs = new(StringComparer.Ordinal);

    /// <summary>What GitHub gives besides inputs and outputs, by its name in expressions.</summary>
    public Dictionary<string, string> Contexts { get; } = new(StringComparer.Ordinal)
    {
        ["github.token"] = "t0ken",
        ["github.server_url"] = "https://example.org",
        ["runner.temp"] = temporary,
    };

    public IReadOnlyDictionary<string, string> Outputs => outputs;

    /// <summary>What was printed, and how each command ended.</summary>
    public List<string> Log { get; } = [];

    public bool Failed { get; private set; }

    /// <summary>The actions of the steps that ran.</summary>
    public List<string> Used { get; } = [];

    /// <summary>Whether the job runs at all, by its <c>if</c>.</summary>
    public bool Starts(WorkflowFile workflow, string job, params (string Name, string Value)[] inputs)
        => WorkflowFile.Text(workflow.Job(job), "if") is not { } condition || Expressions(workflow, inputs).Holds(condition, failed: false);

    /// <summary>The steps of a job whose conditions hold.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="job">Its job.</param>
    /// <param name="inputs">What the call gives.</param>
    public async Task<Runner> RunAsync(WorkflowFile workflow, string job, params (string Name, string Value)[] inputs)
    {
        var node = workflow.Job(job);
        var folder = WorkflowFile.Map(node, "defaults").Any() ? WorkflowFile.Text(node["defaults"]["run"], "working-directory") : null;
        var expressions = Expressions(workflow, inputs);
        Directory.CreateDirectory(temporary);
        foreach (var step in WorkflowFile.Steps(node).Where(step => expressions.Holds(WorkflowFile.Text(step, "if") ?? "true", Failed)))
        {
            if (WorkflowFile.Text(step, "uses") is { } uses)
            {
                Use(uses.Split('@')[0], WorkflowFile.Map(step, "with").ToDictionary(pair => pair.Key, pair => expressions.Fill(pair.Value)));
            }
            else
            {
                await CommandAsync(step, Path.GetFullPath(expressions.Fill(folder ?? "."), workspace), expressions);
            }
        }

        return this;
    }

    /// <summary>Only the uploads of a job, as they would be after its commands.</summary>
    public void Upload(WorkflowFile workflow, string job, params (string Name, string Value)[] inputs)
    {
        var expressions = Expressions(workflow, inputs);
        foreach (var step in WorkflowFile.Steps(workflow.Job(job)).Where(step => WorkflowFile.Text(step, "uses")?.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) == true))
        {
            Use("actions/upload-artifact", WorkflowFile.Map(step, "with").ToDictionary(pair => pair.Key, pair => expressions.Fill(pair.Value)));
        }
    }

    private void Use(string action, Dictionary<string, string> with)
    {
        Used.Add(action);
        switch (action)
        {
            case "actions/checkout" or "actions/setup-dotnet":
                break;
            case "actions/upload-artifact":
                artifacts.Upload(with["name"], workspace, with["path"]);
                break;
            case "actions/download-artifact":
                artifacts.Download(with["pattern"], with["path"]);
                break;
            default:
                throw new InvalidOperationException($"No one said what {action} does.");
        }
    }

    private async Task CommandAsync(YamlMappingNode step, string folder, Expressions expressions)
    {
        var file = Path.Combine(temporary, Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, string.Empty, TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["GITHUB_OUTPUT"] = file, ["RUNNER_TEMP"] = temporary };
        foreach (var (name, value) in WorkflowFile.Map(step, "env"))
        {
            variables[name] = expressions.Fill(value);
        }

        var (exit, text) = await Dotnet.TryProgramAsync("bash", folder, variables, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"].ToString());
        Log.Add($"{step["run"]} ended with {exit}\n{text}");
        Failed |= exit != 0;
        if (WorkflowFile.Text(step, "id") is { } id)
        {
            foreach (var (name, value) in Written(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)))
            {
                outputs[$"steps.{id}.outputs.{name}"] = value;
            }
        }
    }

    /// <summary>Outputs in both forms: on one line, and on several up to a word.</summary>
    private static IEnumerable<(string Name, string Value)> Written(string[] lines)
    {
        for (var at = 0; at < lines.Length; at++)
        {
            var (assigned, opened) = (lines[at].IndexOf('=', StringComparison.Ordinal), lines[at].IndexOf("<<", StringComparison.Ordinal));
            if (opened > 0 && (assigned < 0 || opened < assigned))
            {
                var end = Array.IndexOf(lines, lines[at][(opened + 2)..], at + 1);
                yield return (lines[at][..opened], string.Join('\n', lines[(at + 1)..end]));
                at = end;
            }
            else if (assigned > 0)
            {
                yield return (lines[at][..assigned], lines[at][(assigned + 1)..]);
            }
        }
    }

    private Expressions Expressions(WorkflowFile workflow, (string Name, string Value)[] given)
    {
        var inputs = workflow.Inputs(given.ToDictionary(input => input.Name, input => input.Value));
        return new(name => name switch
        {
            _ when name.StartsWith("inputs.", StringComparison.Ordinal) => inputs[name["inputs.".Length..]],

            // A step that ended before has none.
            _ when name.StartsWith("steps.", StringComparison.Ordinal) => outputs.GetValueOrDefault(name) ?? Contexts.GetValueOrDefault(name, string.Empty),
            _ => Contexts[name],
        });
    }
}
