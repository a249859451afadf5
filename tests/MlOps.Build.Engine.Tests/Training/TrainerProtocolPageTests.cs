using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Tests.Training;

public class TrainerProtocolPageTests
{
    [Fact]
    public void The_page_names_every_variable_that_passes()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "trainer-protocol.md"));

        Assert.All(TrainerEnvironment.Names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
