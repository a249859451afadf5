using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Runs;

public sealed class HostedFolderTests
{
    private static readonly string Workspace = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "work", "flights"));

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", ".mlops/registry")]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", ".")]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", "..registry")]
    [InlineData("TF_BUILD", "True", "PIPELINE_WORKSPACE", ".mlops/registry")]
    [InlineData("TF_BUILD", "True", "BUILD_SOURCESDIRECTORY", "a/../b")]
    public void A_folder_in_the_workspace_is_refused_and_the_fix_names_the_git_store(string host, string value, string name, string path)
    {
        var problem = Assert.Throws<ProblemException>(() => Refuse(path, (host, value), (name, Workspace)));

        Assert.Equal(("MLO2527", ExitCode.Usage), (problem.Problem.Code, problem.Problem.Exit));
        Assert.Contains("store: git", problem.Problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", "../registry")]
    [InlineData("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", "../flights-registry")]
    [InlineData("GITHUB_ACTIONS", "true", "PIPELINE_WORKSPACE", ".mlops/registry")]
    [InlineData("TF_BUILD", "True", "BUILD_SOURCESDIRECTORY", "../../share")]
    [InlineData("CI", "true", "GITHUB_WORKSPACE", ".mlops/registry")]
    public void A_folder_elsewhere_or_a_machine_that_stays_is_accepted(string host, string value, string name, string path)
        => Refuse(path, (host, value), (name, Workspace));

    [Fact]
    public void A_branch_outlives_the_job()
        => HostedFolder.Refuse(
            Workspace,
            new RegistryConfiguration { Store = "git" },
            new FakeEnvironment(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = Workspace }));

    private static void Refuse(string path, params (string Name, string Value)[] variables)
        => HostedFolder.Refuse(
            Workspace,
            new RegistryConfiguration { Path = path },
            new FakeEnvironment(variables.ToDictionary(pair => pair.Name, pair => pair.Value)));
}
