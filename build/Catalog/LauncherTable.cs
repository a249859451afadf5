namespace MlOps.Build.Catalog;

/// <summary>What the launcher has to know of the catalog: it reads no file of JSON that could be missing.</summary>
public static class LauncherTable
{
    public static string Of(TaskCatalog catalog)
        => $$"""
            // Made of tasks/catalog.json; `MLOPS_UPDATE=1` with the catalog's tests writes it anew.
            // Each command, and where it may run: see docs/trust.md.
            export const zones = {
            {{string.Concat(catalog.Shipped.Select(command => $"  {command.Name}: '{CatalogNames.Word(command.Zone)}',\n"))}}};

            """;
}
