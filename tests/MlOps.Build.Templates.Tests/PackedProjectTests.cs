namespace MlOps.Build.Templates.Tests;

/// <summary>What a user gets: packages in a feed, a generated project that knows nothing of this repository.</summary>
[Trait("Speed", "Slow")]
public sealed class PackedProjectTests(PackedTemplate template)
{
    [Fact]
    public async Task A_generated_project_restores_from_the_feed_builds_without_a_warning_and_passes_its_tests()
    {
        await template.PackAllAsync();

        var environment = Environment();
        var project = await template.NewAsync("My Model", "--no-restore", "--feed", template.Feed);

        await Dotnet.RunAsync(project.Folder, environment, "tool", "restore");
        await Dotnet.RunAsync(project.Folder, environment, "mlops", "config", "validate");
        await Dotnet.RunAsync(project.Folder, environment, "build", "-warnaserror");
        await Dotnet.RunAsync(project.Folder, environment, "test", "--no-build");
        await ABadLineWarnsAndIsMendedAsync(project, environment);
        Assert.All(
            Directory.EnumerateDirectories(Path.Combine(template.Workspace, "packages"), "mlops.build.*"),
            package => Assert.Equal([PackedTemplate.Version], Directory.GetDirectories(package).Select(Path.GetFileName)));
    }

    private static async Task ABadLineWarnsAndIsMendedAsync(
        GeneratedProject project, IReadOnlyDictionary<string, string> environment)
    {
        var file = Path.Combine(project.Folder, "src", "My Model.Training", "Spike.cs");
        await File.WriteAllTextAsync(
            file,
            """
            using Microsoft.ML;

            namespace My_Model.Training;

            internal static class Spike
            {
                public static IEstimator<ITransformer> Trainer()
                {
                    var context = new MLContext();
                    return context.BinaryClassification.Trainers.SdcaLogisticRegression();
                }
            }

            """);

        var warned = await Dotnet.RunAsync(project.Folder, environment, "build");
        Assert.Contains("Spike.cs(9,23): warning MLOPS1001", warned, StringComparison.Ordinal);

        await Dotnet.RunAsync(
            project.Folder, environment, "format", "analyzers", "--no-restore", "--severity", "warn", "--diagnostics", "MLOPS1001");
        Assert.Contains("new MLContext(seed: 1)", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    /// <summary>
    /// Packages packed here go to a folder that is deleted afterwards; everything else is found where this repository's
    /// own restore has put it, so that the test neither downloads nor leaves anything.
    /// </summary>
    private Dictionary<string, string> Environment()
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        var installed = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        return new Dictionary<string, string>(template.Environment)
        {
            ["NUGET_PACKAGES"] = Path.Combine(template.Workspace, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = installed,
        };
    }
}
