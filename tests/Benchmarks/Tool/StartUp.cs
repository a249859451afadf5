namespace MlOps.Build.Benchmarks.Tool;

/// <summary>How long a build server waits for the smallest answer.</summary>
internal sealed class StartUp : IBenchmark
{
    private const int Repeats = 20;

    public string Name => "startup";

    public string Title => "Starting mlops";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        await progress.WriteLineAsync("building a bare console app");
        await File.WriteAllTextAsync(Path.Combine(folder, "bare.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"1.0.0\");\n");
        ToolProcess.Run(folder, "dotnet", ["build", "-c", "Release", "-o", "out", "--nologo"], 0);
        var bare = Path.Combine(folder, "out", "bare.dll");
        var rounds = Enumerable.Range(0, Repeats + 2).Select(_ => (
            Bare: ToolProcess.Run(folder, "dotnet", [bare], 0),
            Version: ToolProcess.Run(folder, "dotnet", [ToolProcess.MlOps, "--version"], 0))).Skip(2).ToArray();
        Directory.Delete(folder, recursive: true);
        var (plain, version) = (ToolProcess.Median(rounds.Select(round => round.Bare)), ToolProcess.Median(rounds.Select(round => round.Version)));
        return FormattableString.Invariant($"""
            `dotnet mlops.dll --version` against a console app that prints a line, {Repeats} rounds in turn, medians of whole processes.
            Promised: at most twice.

            | process | ms |
            |:--|--:|
            | bare console app | {plain * 1000:0} |
            | `mlops --version` | {version * 1000:0} |

            **{version / plain:0.00} times the bare app.**

            """);
    }
}
