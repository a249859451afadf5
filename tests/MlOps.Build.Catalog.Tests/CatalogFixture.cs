using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Catalog.Tests;

/// <summary>The catalog of this repository.</summary>
internal static class CatalogFixture
{
    public static string Json { get; } = File.ReadAllText(Path.Combine(Repository.Root, "tasks", "catalog.json"));

    public static TaskCatalog Catalog { get; } = CatalogReader.Read(Json);

    public static IReadOnlyDictionary<string, string> Files { get; } = GeneratedFiles.Of(Catalog);
}
