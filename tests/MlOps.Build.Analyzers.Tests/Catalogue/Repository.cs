namespace MlOps.Build.Analyzers.Tests.Catalogue;

/// <summary>The check-out these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MlOps.Build.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("MlOps.Build.sln was not found above the tests."));
}
