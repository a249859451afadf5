using System.Diagnostics;
using System.Reflection;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Cake.Tests;

/// <summary>Cake itself, and a feed of one folder with the packed addin.</summary>
public sealed class CakeScripts : IAsyncLifetime
{
    private static readonly string Cake = typeof(CakeScripts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CakeDll").Value!;

    private readonly string folder = Directory.CreateTempSubdirectory("mlops cake ").FullName;

    private string version = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var feed = Path.Combine(folder, "feed");
        var (exit, output) = await Repository.RunAsync(
            Repository.Root, "dotnet", "pack", "tasks/Cake.MlOps", "--no-build", "-c", Repository.Configuration, "-o", feed, "-v", "q", "--nologo");
        Assert.True(exit == 0, output);
        version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(feed, "*.nupkg")))["Cake.MlOps.".Length..];
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), """<configuration><packageSources><clear/><add key="local" value="feed"/></packageSources></configuration>""");
    }

    /// <summary>Runs a script with these statements as its only task, in no job of a build server.</summary>
    public async Task<(int Exit, string Output)> RunAsync(string statements, params (string Name, string Value)[] env)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "build.cake"),
            $$"""
            #addin nuget:?package=Cake.MlOps&version={{version}}&prerelease

            Task("Default").Does(() =>
            {
            {{statements}}
            });

            RunTarget("Default");
            """);
        var start = new ProcessStartInfo("dotnet", ["exec", Cake, "build.cake"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1" },
        };
        foreach (var inherited in new[] { "GITHUB_ACTIONS", "TF_BUILD", "CI" })
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in env)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output + await error).ReplaceLineEndings("\n"));
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A scanner holds a file; the system clears its own folder.
        }

        return ValueTask.CompletedTask;
    }
}
