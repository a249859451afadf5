using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MlOps.Build.Analyzers;

namespace MlOps.Build.Benchmarks.Analyzers;

/// <summary>What our analyzers cost in <c>dotnet build</c>, beside the SDK's own in the same build.</summary>
internal sealed partial class AnalyzerBuild : IBenchmark
{
    private const int Repeats = 5;
    private static readonly string[] BuiltIn = ["Microsoft.CodeAnalysis.NetAnalyzers", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers"];
    private static readonly string[] Ours = ["MlOps.Build.Analyzers"];

    public string Name => "analyzers";

    public string Title => "The analyzers in a build";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        var programs = CorpusFiles.Read();
        var lines = Write(folder, programs);
        Build(folder, "restore");
        var rounds = new List<(double Own, double Sdk, double Compiler, IReadOnlyList<(string Rule, double Seconds)> Rules)>();
        for (var round = 0; round <= Repeats; round++)
        {
            await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"build {round} of {Repeats}"));
            var log = Build(folder, "build", "--no-restore", "--no-incremental", "-p:ReportAnalyzer=true", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={Path.GetFileName(folder)}", "-v:detailed");
            var parts = Times(log);
            rounds.Add((Sum(parts, Ours), Sum(parts, BuiltIn), parts.Sum(part => part.Seconds), [.. parts.Where(part => part.Assembly == Ours[0]).SelectMany(part => part.Rules)]));
        }

        Directory.Delete(folder, recursive: true);

        // The first build starts the server and compiles what it runs.
        var middle = rounds.Skip(1).OrderBy(round => round.Own / round.Sdk).ElementAt(Repeats / 2);
        var dearest = middle.Rules.OrderByDescending(rule => rule.Seconds).Take(8);
        return string.Create(CultureInfo.InvariantCulture, $"""
            `dotnet build -p:ReportAnalyzer=true` of the {programs.Count} programs of the corpus as one project ({lines:N0} lines), each in a namespace of its own; a compiler server
            of its own that is warm, the SDK's analyzers at their defaults. Times are those that the compiler reports, summed over threads; the middle one of {Repeats} builds by share.
            Promised: at most 30 % of the SDK's.

            | analyzers | s | of the SDK's |
            |:--|--:|--:|
            | the SDK's (NetAnalyzers) | {middle.Sdk:0.00} | 100 % |
            | ours, all rules | {middle.Own:0.00} | {100 * middle.Own / middle.Sdk:0} % |

            The dearest rules, in ms a file:

            | rules | ms |
            |:--|--:|
            {string.Join('\n', dearest.Select(rule => string.Create(CultureInfo.InvariantCulture, $"| {rule.Rule} | {1000 * rule.Seconds / programs.Count:0.00} |")))}

            **{100 * middle.Own / middle.Sdk:0} % of the SDK's analyzers**; from {rounds.Skip(1).Min(round => 100 * round.Own / round.Sdk):0} to {rounds.Skip(1).Max(round => 100 * round.Own / round.Sdk):0} %.

            """);
    }

    private static int Write(string folder, IReadOnlyList<(string Name, string Text)> programs)
    {
        var analyzer = typeof(MlNetAnalyzer).Assembly.Location;
        var packages = Path.Combine(BenchmarkPage.Root(), "Directory.Packages.props");
        string Version(string package) => Regex.Match(File.ReadAllText(packages), $"Include=\"{Regex.Escape(package)}\" Version=\"([^\"]+)\"").Groups[1].Value;
        string[] names = ["Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm", "System.Numerics.Tensors"];
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");

        // An error would end the build; what a rule costs does not depend on it.
        var errors = CorpusFiles.Rules().SelectMany(rule => rule.SupportedDiagnostics).Where(rule => rule.DefaultSeverity == DiagnosticSeverity.Error).Select(rule => rule.Id).Distinct();
        File.WriteAllText(Path.Combine(folder, ".globalconfig"), $"is_global = true\n{string.Concat(errors.Select(id => $"dotnet_diagnostic.{id}.severity = warning\n"))}");
        File.WriteAllText(Path.Combine(folder, "Corpus.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>disable</Nullable><NoWarn>$(NoWarn);CS1998;CS8632</NoWarn></PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                {string.Join("\n    ", names.Select(name => $"<PackageReference Include=\"{name}\" Version=\"{Version(name)}\" />"))}
                <Reference Include="{Path.Combine(Path.GetDirectoryName(analyzer)!, "MlOps.Build.Annotations.dll")}" />
                <Analyzer Include="{analyzer}" />
              </ItemGroup>
            </Project>
            """);
        var lines = 0;
        foreach (var (program, number) in programs.Select((program, number) => (program, number)))
        {
            var text = CorpusFiles.InNamespace(program.Text, number);
            lines += program.Text.AsSpan().Count('\n');
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"P{number}.cs")), text);
        }

        return lines;
    }

    private static string Build(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [arguments[0], Path.Combine(folder, "Corpus.csproj"), .. arguments[1..], "-nologo"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["MSBUILDDISABLENODEREUSE"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(string.Join('\n', output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(20)));
    }

    /// <summary>The compiler's table: a line for each assembly, and below it one for each analyzer.</summary>
    private static List<(string Assembly, double Seconds, List<(string Rule, double Seconds)> Rules)> Times(string log)
    {
        List<(string Assembly, double Seconds, List<(string Rule, double Seconds)> Rules)> parts = [];
        foreach (Match line in Row().Matches(log))
        {
            // Less than a millisecond is written "<0.001".
            var seconds = line.Groups[1].Value.StartsWith('<') ? 0.0005 : double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
            var name = line.Groups[2].Value.Trim();
            if (name.Contains(", Version=", StringComparison.Ordinal))
            {
                parts.Add((name[..name.IndexOf(',', StringComparison.Ordinal)], seconds, []));
            }
            else if (parts.Count > 0)
            {
                parts[^1].Rules.Add((Regex.Match(name, @"\(([^)]*)\)").Groups[1].Value, seconds));
            }
        }

        return parts.Count > 0 ? parts : throw new InvalidOperationException("The build reports no times of analyzers.");
    }

    private static double Sum(IEnumerable<(string Assembly, double Seconds, List<(string Rule, double Seconds)> Rules)> parts, string[] assemblies)
        => parts.Where(part => assemblies.Contains(part.Assembly)).Sum(part => part.Seconds);

    [GeneratedRegex(@"^\s*(<?\d+\.\d+)\s+<?\d+\s+(\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
