using System.Text.RegularExpressions;

namespace MlOps.Build.Serving.Tests;

public sealed partial class ErrorPageTests
{
    [Fact]
    public void Every_problem_of_the_service_has_its_page()
    {
        var root = RepositoryRoot();
        var ids = Directory.EnumerateFiles(Path.Combine(root, "tasks", "MlOps.Build.Serving"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Id().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct()
            .ToArray();

        Assert.True(ids.Length >= 10);
        Assert.All(ids, id => Assert.True(File.Exists(Path.Combine(root, "docs", "errors", $"{id}.md")), id));
    }

    [GeneratedRegex("MLO2[0-9]{3}")]
    private static partial Regex Id();

    // Not the path of this file: a deterministic build on a build server does not know it.
    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
