using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MlOps.Build.Benchmarks;

/// <summary>docs/benchmarks.md: each benchmark owns what stands between its two markers, and nothing else.</summary>
internal static class BenchmarkPage
{
    public static void Write(IBenchmark benchmark, string section)
    {
        var path = Path.Combine(Root(), "docs", "benchmarks.md");
        var page = File.Exists(path) ? File.ReadAllText(path) : "# Benchmarks\n\nMeasured, not promised. Each section says how to measure it again.\n";
        var (begin, end) = ($"<!-- benchmark:{benchmark.Name} -->", $"<!-- /benchmark:{benchmark.Name} -->");
        var block = $"{begin}\n## {benchmark.Title}\n\n{section.Trim()}\n\n{How(benchmark)}\n{end}";
        var known = new Regex($"{Regex.Escape(begin)}.*?{Regex.Escape(end)}", RegexOptions.Singleline);
        page = known.IsMatch(page) ? known.Replace(page, block.Replace("$", "$$", StringComparison.Ordinal)) : $"{page.TrimEnd()}\n\n{block}\n";
        File.WriteAllText(path, page);
    }

    private static string How(IBenchmark benchmark)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"Measured {DateTime.UtcNow:yyyy-MM-dd} with `dotnet run -c Release --project tests/Benchmarks -- {benchmark.Name}` on {Machine()}{Load()}.");

    private static string Machine()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} logical processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>What else the machine was doing: a busy one makes ratios, not times, comparable.</summary>
    private static string Load()
        => File.Exists("/proc/loadavg") ? $"; load average at the end {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : string.Empty;

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>The root of the repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(Environment.CurrentDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks inside the repository.");
    }
}
