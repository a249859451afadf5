using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cake.Core;

namespace MlOps.Build.Demo;

/// <summary>
/// A temporary folder where programs run as a new user's would: their own template hive and package folder, so that
/// nothing of this machine is changed. What the solution's restore has fetched is the fallback, so it works offline.
/// </summary>
internal sealed class DemoWorkspace : IDisposable
{
    private readonly Stopwatch total = Stopwatch.StartNew();
    private readonly Dictionary<string, string> environment;
    private int steps;

    public DemoWorkspace()
    {
        Folder = Directory.CreateTempSubdirectory("mlops-demo-").FullName;
        Project = Path.Combine(Folder, "LateFlights");
        environment = new(StringComparer.Ordinal)
        {
            ["DOTNET_CLI_HOME"] = Path.Combine(Folder, "home"),
            ["NUGET_PACKAGES"] = Path.Combine(Folder, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } global
                ? global
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            ["DOTNET_NOLOGO"] = "1",
            ["NO_COLOR"] = "1",
            ["GIT_AUTHOR_NAME"] = "Demo",
            ["GIT_AUTHOR_EMAIL"] = "demo@example.org",
            ["GIT_COMMITTER_NAME"] = "Demo",
            ["GIT_COMMITTER_EMAIL"] = "demo@example.org",
        };
    }

    public string Folder { get; }

    public string Project { get; }

    /// <summary>Prints a numbered step with its time and what came of it.</summary>
    public T Step<T>(string title, Func<T> work, Func<T, string> outcome)
    {
        var start = total.Elapsed;
        var result = work();
        Print(title, total.Elapsed - start, outcome(result));
        return result;
    }

    /// <summary>Runs programs of one step; each has to return the expected exit code.</summary>
    public string Step(string title, Func<string> work) => Step(title, work, text => text);

    public string Dotnet(params string[] arguments) => Run("dotnet", 0, arguments);

    public string Git(params string[] arguments) => Run("git", 0, arguments);

    /// <summary>Runs the packed tool as a project runs it.</summary>
    public string MlOps(int expectedExit, params string[] arguments) => Run("dotnet", expectedExit, ["mlops", .. arguments]);

    /// <summary>Starts a program that keeps running.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var process = new Process { StartInfo = StartInfo(program, arguments) };
        process.Start();
        return process;
    }

    public static void Note(string text) => Console.WriteLine($"      {text}");

    public void Total() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"\nDone: {steps} steps in {total.Elapsed.TotalSeconds:0} s."));

    public void Dispose()
    {
        // Git and NuGet mark files read-only.
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.IsReadOnly = false;
        }

        Directory.Delete(Folder, recursive: true);
    }

    private string Run(string program, int expectedExit, string[] arguments)
    {
        using var process = new Process { StartInfo = StartInfo(program, arguments) };
        var output = new StringBuilder();
        var error = new StringBuilder();
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == expectedExit
            ? output.ToString()
            : throw new CakeException(string.Create(
                CultureInfo.InvariantCulture,
                $"`{program} {string.Join(' ', arguments)}` returned {process.ExitCode}, expected {expectedExit}.\n{output}\n{error}"));
    }

    private ProcessStartInfo StartInfo(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Directory.Exists(Project) ? Project : Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private void Print(string title, TimeSpan elapsed, string outcome)
    {
        steps++;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps,3}. {title} ({elapsed.TotalSeconds:0.0} s)"));
        foreach (var line in outcome.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Note(line);
        }
    }
}
