using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MlOps.Build.Benchmarks.Tool;

/// <summary>Runs whole processes and takes their time.</summary>
internal static class ToolProcess
{
    /// <summary>The tool as people get it: compiled ahead of time for this platform, by `./build.sh Bench` or `dotnet publish -r`.</summary>
    public static string MlOps { get; } = Published();

    public static string Trainer { get; } = Beside("MlOps.Build.TestTrainer", "MlOps.Build.TestTrainer.dll");

    /// <summary>Seconds of a process; it has to return one of the expected codes.</summary>
    public static double Run(string folder, string program, string[] arguments, params int[] expected)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        var seconds = watch.Elapsed.TotalSeconds;
        return expected.Contains(process.ExitCode)
            ? seconds
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} returned {process.ExitCode}.\n{output.Result}\n{error.Result}");
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Published()
    {
        var artifacts = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.FullName;
        var file = Path.Combine(artifacts, "publish", "MlOps.Build.Tool", $"release_{RuntimeInformation.RuntimeIdentifier}", "mlops.dll");
        return File.Exists(file) ? file : throw new InvalidOperationException($"'{file}' is missing: run `./build.sh Bench`.");
    }

    private static string Beside(string project, string file)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, file);
    }
}
