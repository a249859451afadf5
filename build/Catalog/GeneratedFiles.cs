namespace MlOps.Build.Catalog;

/// <summary>Every file that is made of the catalog, by its path from the root of the repository.</summary>
public static class GeneratedFiles
{
    /// <summary>The icons of the extension and of its task.</summary>
    public static IReadOnlyDictionary<string, byte[]> Images { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["tasks/azure-devops/images/icon.png"] = IconFile.Of(128),
        ["tasks/azure-devops/MlOpsBuild/icon.png"] = IconFile.Of(32),
    };

    public static IReadOnlyDictionary<string, string> Of(TaskCatalog catalog)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["action.yml"] = ActionFile.Root(catalog),
            ["docs/pipelines/inputs.md"] = InputsPage.Of(catalog),
            ["docs/pipelines/permissions.md"] = PermissionsPage.Of(catalog),
            ["tasks/Cake.MlOps/Generated/MlOpsAliases.g.cs"] = CakeSettings.Aliases(catalog),
            ["tasks/Cake.MlOps/Generated/MlOpsSettings.g.cs"] = CakeSettings.Settings(catalog),
            ["tasks/MlOps.Build.Engine/Hosts/Inputs/CommandInputs.g.cs"] = CSharpInputs.Records(catalog),
            ["tasks/MlOps.Build.Engine/Hosts/Inputs/TaskNames.g.cs"] = CSharpInputs.Names(catalog),
            ["tasks/azure-devops/MlOpsBuild/task.json"] = AzureTask.Of(catalog),
            ["tasks/launcher/commands.mjs"] = LauncherTable.Of(catalog),
        };
        foreach (var command in catalog.Shipped)
        {
            files[$"tasks/github/{command.Name}/action.yml"] = ActionFile.Of(catalog, command);
            files[$"tasks/github/{command.Name}/main.mjs"] = ActionFile.Entry(command);
        }

        return files;
    }
}
