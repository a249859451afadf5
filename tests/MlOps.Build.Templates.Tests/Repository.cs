namespace MlOps.Build.Templates.Tests;

/// <summary>Places in this repository.</summary>
internal static class Repository
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = FindRoot();

    public static string Content { get; } = PathOf("templates/MlOps.Build.Templates/content/mlops-project");

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No MlOps.Build.sln above {AppContext.BaseDirectory}.");
    }
}
