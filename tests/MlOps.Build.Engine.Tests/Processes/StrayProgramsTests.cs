using System.Diagnostics;
using System.Globalization;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Tests.Processes;

/// <summary>Programs that work on after their mlops was killed, in the moments in which they are hard to see.</summary>
public sealed class StrayProgramsTests : IDisposable
{
    private static readonly string Seconds = Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops stray ");

    public StrayProgramsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows the environment of a process.");

    public void Dispose()
    {
        foreach (var child in Children())
        {
            child.Kill();
        }

        folder.Delete(recursive: true);
    }

    [Theory(Timeout = 120_000)]
    [InlineData]
    [InlineData("BEFORE=1")]
    public async Task It_is_known_by_the_request_wherever_that_stands_in_its_environment(params string[] before)
    {
        using var stray = Start("env", ["-i", .. before, $"MLOPS_REQUEST={folder.FullName}/train-request.json", "sleep", Seconds]);
        using var other = Start("env", "-i", $"XMLOPS_REQUEST={folder.FullName}/train-request.json", "sleep", Seconds);
        await UntilAsync(stray, "sleep");
        await UntilAsync(other, "sleep");

        Assert.Equal(1, await StrayPrograms.EndAsync(folder.FullName, TimeProvider.System));

        await stray.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact(Timeout = 120_000)]
    public async Task One_that_is_just_being_started_is_waited_for()
    {
        // For a while it has no environment, as in execve(2); nothing else ties it to the folder.
        using var stray = Start("env", "-i", "sh", "-c", $"sleep 0.4; exec env 'MLOPS_REQUEST={folder.FullName}/train-request.json' sleep {Seconds}");
        await UntilAsync(stray, "sh");

        var count = await StrayPrograms.EndAsync(folder.FullName, TimeProvider.System);

        Assert.InRange(count, 1, 2);
        await stray.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(137, stray.ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task One_that_was_started_without_an_environment_long_ago_is_not()
    {
        using var other = Start("env", "-i", "sleep", Seconds);
        await UntilAsync(other, "sleep");
        await Task.Delay(2100, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();

        Assert.Equal(0, await StrayPrograms.EndAsync(folder.FullName, TimeProvider.System));

        Assert.False(other.HasExited);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1.5);
        other.Kill();
    }

    /// <summary>The children have no environment by which they could be known: only a parent that lives says whose they are.</summary>
    [Fact(Timeout = 120_000)]
    public async Task One_that_starts_children_all_the_time_leaves_none()
    {
        var request = $"MLOPS_REQUEST={folder.FullName}/train-request.json";
        for (var repetition = 0; repetition < 10; repetition++)
        {
            using var stray = Start("env", request, "sh", "-c", $"while :; do env -i sleep {Seconds} & sleep 0.001; done");
            await Task.Delay(50, TestContext.Current.CancellationToken);

            await StrayPrograms.EndAsync(folder.FullName, TimeProvider.System);

            await stray.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Empty(Children());
        }
    }

    private static Process Start(string program, params string[] arguments)
        => Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;

    /// <summary>Waits until a process is the program that it was to become.</summary>
    private static async Task UntilAsync(Process process, string program)
    {
        while (!File.ReadAllText($"/proc/{process.Id}/cmdline").StartsWith($"{program}\0", StringComparison.Ordinal))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static Process[] Children() =>
    [
        .. Process.GetProcessesByName("sleep").Where(process =>
        {
            try
            {
                return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains($"\0{Seconds}", StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];
}
