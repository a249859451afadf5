using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Conformance.Tests;

/// <summary>A step as a runner or an agent starts it: defaults of its description, <c>INPUT_*</c>, and the program that the description names.</summary>
/// <param name="Exit">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record StepRun(int Exit, string Output, string Error)
{
    /// <summary>GitHub: blanks of a name become <c>_</c>, hyphens stay, everything is upper case.</summary>
    public static Task<StepRun> ActionAsync(string folder, string workspace, IReadOnlyDictionary<string, string> with, IReadOnlyDictionary<string, string> env)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(folder, "action.yml"))));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var inputs = ((YamlMappingNode)root["inputs"]).ToDictionary(
            pair => pair.Key.ToString(),
            pair => pair.Value is YamlMappingNode input && input.Children.TryGetValue("default", out var value) ? value.ToString().Replace("${{ github.token }}", "the-token-of-the-job", StringComparison.Ordinal) : string.Empty,
            StringComparer.Ordinal);
        return RunAsync(Path.Combine(folder, root["runs"]["main"].ToString()), workspace, Variables(inputs, with, name => name.ToUpperInvariant().Replace(' ', '_')), env);
    }

    /// <summary>Azure DevOps: dots and blanks of a name become <c>_</c>, everything is upper case; every default is filled in.</summary>
    public static Task<StepRun> TaskAsync(string folder, string workspace, IReadOnlyDictionary<string, string> with, IReadOnlyDictionary<string, string> env)
    {
        var task = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "task.json")))!;
        var inputs = task["inputs"]!.AsArray().ToDictionary(input => (string)input!["name"]!, input => (string?)input!["defaultValue"] ?? string.Empty, StringComparer.Ordinal);
        return RunAsync(Path.Combine(folder, (string)task["execution"]!["Node20_1"]!["target"]!), workspace, Variables(inputs, with, name => name.ToUpperInvariant()), env);
    }

    /// <summary>A step <c>script: dotnet mlops …</c>, with the engine that is given instead of the one of a tool manifest.</summary>
    public static Task<StepRun> ScriptAsync(string engine, string workspace, string script, IReadOnlyDictionary<string, string> env)
    {
        Assert.StartsWith("dotnet mlops ", script, StringComparison.Ordinal);
        return RunAsync("dotnet", [Path.Combine(engine, "mlops.dll"), .. script.Split(' ')[2..]], workspace, [], env);
    }

    /// <summary>What a stand-in for dotnet saw, see <see cref="FakeDotnet"/>.</summary>
    public FakeCall Call => Output.Split('\n').Where(line => line.StartsWith("{\"words\"", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<FakeCall>(line, JsonSerializerOptions.Web)!).Single();

    private static IEnumerable<KeyValuePair<string, string>> Variables(Dictionary<string, string> inputs, IReadOnlyDictionary<string, string> with, Func<string, string> spelling)
    {
        foreach (var (name, value) in with)
        {
            Assert.True(inputs.ContainsKey(name), $"There is no input '{name}'.");
            inputs[name] = value;
        }

        return inputs.Select(input => KeyValuePair.Create("INPUT_" + spelling(input.Key), input.Value));
    }

    private static Task<StepRun> RunAsync(string script, string workspace, IEnumerable<KeyValuePair<string, string>> inputs, IReadOnlyDictionary<string, string> env)
        => RunAsync(NodeProgram, [script], workspace, inputs, env);

    private static async Task<StepRun> RunAsync(string program, string[] words, string workspace, IEnumerable<KeyValuePair<string, string>> inputs, IReadOnlyDictionary<string, string> env)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = workspace, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in new[] { "GITHUB_ACTIONS", "TF_BUILD", "CI" })
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in inputs.Concat(env))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
    }

    /// <summary>By its path: a test may set another PATH for the step.</summary>
    private static string NodeProgram { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "node"), Path.Combine(folder, "node.exe") }).First(File.Exists);
}

/// <summary>What a stand-in for dotnet was given.</summary>
internal sealed record FakeCall(string[] Words, Dictionary<string, string> Env);
