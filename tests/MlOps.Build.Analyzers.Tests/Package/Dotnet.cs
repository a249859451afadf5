using System.Diagnostics;

namespace MlOps.Build.Analyzers.Tests.Package;

/// <summary>Runs the real SDK, with packages that leave the machine's cache as it is and need no network.</summary>
internal sealed class Dotnet(string folder, string packages)
{
    public async Task<(int ExitCode, string Output)> Run(string folderOfRun, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", words)
        {
            WorkingDirectory = folderOfRun,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Inside `dotnet test` these point at the running SDK's own state.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (folderOfRun.StartsWith(folder, StringComparison.Ordinal))
        {
            start.Environment["NUGET_PACKAGES"] = packages;
            start.Environment["NUGET_FALLBACK_PACKAGES"] = MachinePackages;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    public async Task<string> Succeed(string folderOfRun, params string[] words)
    {
        var (exit, output) = await Run(folderOfRun, words);
        Assert.True(exit == 0, $"dotnet {string.Join(' ', words)} ended with {exit}:\n{output}");
        return output;
    }

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
