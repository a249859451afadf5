using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MlOps.Build.Analyzers;

namespace MlOps.Build.Benchmarks.Analyzers;

/// <summary>What our analyzers cost in <c>dotnet build</c>, beside the SDK's own in the same build.</summary>
internal sealed partial class AnalyzerBuild : IBenchmark
{
    private const int WarmUps = 12;
    private const int Repeats = 7;
    private static readonly string[] BuiltIn = ["Microsoft.CodeAnalysis.NetAnalyzers", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers"];
    private static readonly string[] Ours = ["MlOps.Build.Analyzers"];

    public string Name => "analyzers";

    public string Title => "The analyzers in a build";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var programs = CorpusFiles.Read();
        var usual = await MeasureAsync(programs, everything: false, progress);
        var all = await MeasureAsync(programs, everything: true, progress);
        var dearest = all.Warm.Rules.OrderByDescending(rule => rule.Seconds).Take(8);
        return string.Create(CultureInfo.InvariantCulture, $"""
            `dotnet build -p:ReportAnalyzer=true` of the {programs.Count} programs of the corpus as one project ({programs.Sum(program => program.Text.AsSpan().Count('\n')):N0} lines), each in a namespace of its own,
            beside the SDK's NetAnalyzers in the same build. Times are those that the compiler reports, summed over threads. *First* is the first build, *later* the middle one, by share,
            of {Repeats} after {WarmUps} others.
            *As it comes*: both at their defaults; the compiler then leaves out whatever could only suggest. *Everything on*: all rules of both, `AnalysisMode=All`.
            Promised: all our analyzers together at most 30 % of all the built-in ones.

            | build | the SDK's, s | ours, s | ours of the SDK's |
            |:--|--:|--:|--:|
            {Row("as it comes, first", usual.First)}
            {Row("as it comes, later", usual.Warm)}
            {Row("everything on, first", all.First)}
            {Row("everything on, later", all.Warm)}

            Later, as it comes: {usual.Least:0} to {usual.Most:0} %; everything on: {all.Least:0} to {all.Most:0} %. The dearest rules with everything on, in ms a file:

            | rules | ms |
            |:--|--:|
            {string.Join('\n', dearest.Select(rule => string.Create(CultureInfo.InvariantCulture, $"| {rule.Rule} | {1000 * rule.Seconds / programs.Count:0.00} |")))}

            The programs are dense: nearly every line calls ML.NET. A project without ML.NET pays for one look-up of a type.

            """);
    }

    private static string Row(string build, BuildTimes times)
        => string.Create(CultureInfo.InvariantCulture, $"| {build} | {times.Sdk:0.00} | {times.Own:0.00} | {100 * times.Own / times.Sdk:0} % |");

    private static async Task<(BuildTimes First, BuildTimes Warm, double Least, double Most)> MeasureAsync(
        IReadOnlyList<(string Name, string Text)> programs, bool everything, TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        Write(folder, programs, everything);
        Build(folder, "restore");
        var rounds = new List<BuildTimes>();
        for (var round = 0; round <= WarmUps + Repeats; round++)
        {
            await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"build {round} of {WarmUps + Repeats}"));
            var log = Build(
                folder, "build", "--no-restore", "--no-incremental", "-p:ReportAnalyzer=true", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={Path.GetFileName(folder)}", "-v:detailed");
            var parts = Times(log);
            rounds.Add(new(Sum(parts, Ours), Sum(parts, BuiltIn), [.. parts.Where(part => part.Assembly == Ours[0]).SelectMany(part => part.Rules)]));
        }

        Directory.Delete(folder, recursive: true);
        var warm = rounds.Skip(1 + WarmUps).OrderBy(round => round.Own / round.Sdk).ToList();
        return (rounds[0], warm[Repeats / 2], 100 * warm[0].Own / warm[0].Sdk, 100 * warm[^1].Own / warm[^1].Sdk);
    }

    private static void Write(string folder, IReadOnlyList<(string Name, string Text)> programs, bool everything)
    {
        var analyzer = typeof(MlNetAnalyzer).Assembly.Location;
        var packages = Path.Combine(BenchmarkPage.Root(), "Directory.Packages.props");
        string Version(string package) => Regex.Match(File.ReadAllText(packages), $"Include=\"{Regex.Escape(package)}\" Version=\"([^\"]+)\"").Groups[1].Value;
        string[] names = ["Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm", "System.Numerics.Tensors"];
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");

        // An error would end the build; what a rule costs does not depend on it.
        var raised = CorpusFiles.Rules().SelectMany(rule => rule.SupportedDiagnostics).Where(rule => everything || rule.DefaultSeverity == DiagnosticSeverity.Error).Select(rule => rule.Id).Distinct();
        File.WriteAllText(Path.Combine(folder, ".globalconfig"), $"is_global = true\n{string.Concat(raised.Select(id => $"dotnet_diagnostic.{id}.severity = warning\n"))}");
        File.WriteAllText(Path.Combine(folder, "Corpus.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>disable</Nullable><NoWarn>$(NoWarn);CS1998;CS8632</NoWarn>{(everything ? "<AnalysisMode>All</AnalysisMode>" : string.Empty)}</PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                {string.Join("\n    ", names.Select(name => $"<PackageReference Include=\"{name}\" Version=\"{Version(name)}\" />"))}
                <Reference Include="{Path.Combine(Path.GetDirectoryName(analyzer)!, "MlOps.Build.Annotations.dll")}" />
                <Analyzer Include="{analyzer}" />
              </ItemGroup>
            </Project>
            """);
        foreach (var (program, number) in programs.Select((program, number) => (program, number)))
        {
            var text = CorpusFiles.InNamespace(program.Text, number);
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"P{number}.cs")), text);
        }
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
        foreach (Match line in TableRow().Matches(log))
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
    private static partial Regex TableRow();

    private sealed record BuildTimes(double Own, double Sdk, IReadOnlyList<(string Rule, double Seconds)> Rules);
}
