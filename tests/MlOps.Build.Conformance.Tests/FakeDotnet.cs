namespace MlOps.Build.Conformance.Tests;

/// <summary>A program called dotnet that prints what it was given. A script of the shell, like those of version managers, which loses variables with hyphens.</summary>
internal static class FakeDotnet
{
    /// <summary>Writes it and gives the PATH on which it comes first.</summary>
    public static string PathWith(TemporaryFolder folder, int exit)
    {
        var script = folder.Write("fake/dotnet.cjs", FormattableString.Invariant($"console.log(JSON.stringify({{ words: process.argv.slice(2), env: process.env }})); process.exitCode = {exit};\n"));
        var program = folder.Write("fake/dotnet", $"#!/bin/sh\nexec node '{script}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder.At("fake") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
    }
}
