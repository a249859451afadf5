namespace MlOps.Build.Benchmarks.Tool;

/// <summary>What the launcher of the action and of the task costs over the bare command.</summary>
internal sealed class ActionOverhead : IBenchmark
{
    private const int Repeats = 20;

    private static readonly string Launcher = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "tasks", "launcher", "main.mjs");

    public string Name => "action";

    public string Title => "Starting mlops through the action";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var engine = Path.GetDirectoryName(ToolProcess.MlOps)!;
        EngineDigest.Write(engine);
        var bytes = Directory.EnumerateFiles(engine, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Environment.SetEnvironmentVariable("MLOPS_ENGINE", engine);
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        await progress.WriteLineAsync(Launcher);

        // Without mlops.yml the command ends as soon as it has read its inputs: what is left is the way there.
        var rounds = Enumerable.Range(0, Repeats + 2).Select(_ => (
            Node: ToolProcess.Run(folder, "node", ["-e", "0"], 0),
            Bare: ToolProcess.Run(folder, "dotnet", [ToolProcess.MlOps, "ci", "pr"], 2),
            Action: ToolProcess.Run(folder, "node", [Launcher], 2))).Skip(2).ToArray();
        Directory.Delete(folder, recursive: true);
        var node = ToolProcess.Median(rounds.Select(round => round.Node));
        var bare = ToolProcess.Median(rounds.Select(round => round.Bare));
        var added = ToolProcess.Median(rounds.Select(round => round.Action - round.Bare));
        return FormattableString.Invariant($"""
            `node tasks/launcher/main.mjs`, as the action and the task start it, against `dotnet mlops.dll ci pr` in a folder without mlops.yml,
            {Repeats} rounds in turn, medians of whole processes. The launcher compares every file of the engine ({bytes / 1e6:0} MB) with its digest.

            | process | ms |
            |:--|--:|
            | `mlops ci pr`, bare | {bare * 1000:0} |
            | through the launcher, more | {added * 1000:0} |
            | of it node's own start | {node * 1000:0} |

            **{added * 1000:0} ms a step.**

            """);
    }
}
