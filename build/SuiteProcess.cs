using System.Diagnostics;

namespace MlOps.Build;

/// <summary>A test suite in a process of its own, which is ended with all that it started where it hangs.</summary>
internal static class SuiteProcess
{
    /// <summary>The exit code of a suite that was ended, as timeout(1) has it.</summary>
    public const int TimedOut = 124;

    /// <summary>Runs it with the streams of this process.</summary>
    /// <param name="arguments">What <c>dotnet</c> is given.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Its exit code, or <see cref="TimedOut"/>.</returns>
    public static int Run(IEnumerable<string> arguments, string folder, TimeSpan limit)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, WorkingDirectory = folder })!;
        if (process.WaitForExit(limit))
        {
            return process.ExitCode;
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return TimedOut;
    }
}
