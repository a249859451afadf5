namespace MlOps.Build.SharedData.Tests;

/// <summary>
/// Large public data sets that are not part of the repository: in the folder that <c>MLOPS_SHARED</c> names, or in
/// <c>shared</c> beside the repository. A test that needs one is skipped, with its path, where it is absent.
/// </summary>
internal static class SharedData
{
    public static string Repository { get; } = Above(folder => File.Exists(Path.Combine(folder, "MlOps.Build.sln")))
        ?? throw new InvalidOperationException($"No MlOps.Build.sln above {AppContext.BaseDirectory}.");

    private static string? Folder { get; } = Environment.GetEnvironmentVariable("MLOPS_SHARED") ?? Beside();

    /// <summary>The path of a shared file; skips the test where there is none.</summary>
    public static string Need(string relative)
    {
        var path = Folder is null ? null : Path.Combine(Folder, relative);
        if (path is null || !File.Exists(path))
        {
            Assert.Skip($"Shared data is absent: {relative}. Set MLOPS_SHARED to the folder that has it.");
        }

        return path;
    }

    private static string? Beside()
        => Above(folder => Directory.Exists(Path.Combine(folder, "shared", "data"))) is { } parent
            ? Path.Combine(parent, "shared")
            : null;

    private static string? Above(Predicate<string> wanted)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (wanted(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
