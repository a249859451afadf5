using System.Diagnostics;
using System.Globalization;
using MlOps.Build.CrashHost;
using MlOps.Build.Engine.Tests.Registry;
using static MlOps.Build.Crash.Tests.EndState;

namespace MlOps.Build.Crash.Tests;

/// <summary>A process is ended between every two steps; the command run again reaches the same end.</summary>
public sealed class CrashTests
{
    private static readonly string[] All = ["first", "second registered", "second approved", "second deployed"];

    [Theory]
    [InlineData("register", 1)]
    [InlineData("approve", 2)]
    [InlineData("deploy", 3)]
    [InlineData("deploy by review", 2)]
    [InlineData("rollback", 4)]
    public async Task Killed_between_any_two_steps_a_rerun_reaches_the_same_end(string verb, int done)
    {
        using var folder = new TemporaryFolder();
        var template = new ReleaseWorld(folder.Path, TimeProvider.System);
        template.Create();
        await template.GivenAsync(All[..done]);
        if (verb == "register")
        {
            new RunWriter(template) { Name = "second", Baseline = template.DigestOf("first") }.Write();
        }

        var expected = await EndAsync(template, verb);
        var step = 0;
        for (var killed = true; killed;)
        {
            killed = await EndsLikeAsync(template, verb, ++step, expected);
        }

        Assert.InRange(step, 3, 60);
    }

    private static async Task<bool> EndsLikeAsync(ReleaseWorld template, string verb, int step, string expected)
    {
        using var folder = new TemporaryFolder();
        Copy(template.Root, folder.Path);
        var killed = await RunAsync(folder.Path, verb, step);
        var world = new ReleaseWorld(folder.Path, TimeProvider.System);
        AssertNothingHalfWritten(folder.Path);

        await world.DoAsync(verb);

        Assert.Equal((step, expected), (step, await DescribeAsync(world)));
        return killed;
    }

    private static async Task<string> EndAsync(ReleaseWorld template, string verb)
    {
        using var folder = new TemporaryFolder();
        Copy(template.Root, folder.Path);
        var world = new ReleaseWorld(folder.Path, TimeProvider.System);
        await world.DoAsync(verb);
        return await DescribeAsync(world);
    }

    /// <summary>Whether the process was killed; when the step lies behind the end it finishes.</summary>
    private static async Task<bool> RunAsync(string root, string verb, int step)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(ReleaseWorld).Assembly.Location, root, verb, step.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(error.Length == 0, error);
        return process.ExitCode != 0;
    }
}
