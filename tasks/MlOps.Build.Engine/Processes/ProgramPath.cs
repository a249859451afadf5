namespace MlOps.Build.Engine.Processes;

/// <summary>
/// Finds a program the way a shell does. The runtime also looks beside its own executable and in the current
/// directory, where a file called <c>git</c> must not be started.
/// </summary>
internal static class ProgramPath
{
    /// <summary>The full path, or null when the PATH does not lead to it.</summary>
    public static string? Resolve(string program, string workingDirectory, string? path)
    {
        if (program.Contains('/', StringComparison.Ordinal) || program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Path.GetFullPath(program, Path.GetFullPath(workingDirectory));
        }

        var folders = (path ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var names = OperatingSystem.IsWindows() && !Path.HasExtension(program)
            ? [program + ".exe", program + ".cmd", program + ".bat"]
            : new[] { program };
        return folders
            .Where(Path.IsPathRooted)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
