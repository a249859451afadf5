using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;

namespace MlOps.Build.Analyzers.Tests;

public sealed class ExploreFolderTests
{
    private const string Bad = "class C { object M() => new MLContext().Regression.Trainers.Sdca(); }";

    [Theory]
    [InlineData("/repo/project/explore/Try.cs", 0)]
    [InlineData("/repo/project/src/explore/deep/Try.cs", 0)]
    [InlineData("/repo/project/Explore/Try.cs", 0)]
    [InlineData("/repo/project/src/Train.cs", 1)]
    [InlineData("/repo/project/explorer/Train.cs", 1)]
    [InlineData("/repo/project/unexplore/Train.cs", 1)]
    [InlineData("/repo/project/explore.cs", 1)]
    public async Task Exploration_code_is_exempt(string path, int findings)
    {
        var code = new Code((path, Bad));

        Assert.Equal(findings, (await code.Findings<UnseededMLContextAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("build_property.MlOpsProjectRoot = /home/explore/churn", 1)]
    [InlineData("build_property.ProjectDir = /home/explore/churn/", 1)]
    [InlineData("build_property.MlOpsProjectRoot = /home\nbuild_property.ProjectDir = /home/explore/churn/", 0)]
    [InlineData("build_property.MlOpsProjectRoot =\nbuild_property.ProjectDir = C:\\home\\explore", 0)]
    public async Task A_project_that_lies_in_a_folder_of_that_name_is_not_exempt(string properties, int findings)
    {
        var code = new Code(("/home/explore/churn/src/Train.cs", Bad))
            .With("/repo/.globalconfig", "is_global = true\n" + properties + "\n");

        Assert.Equal(findings, (await code.Findings<UnseededMLContextAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("notebooks, scratch", "/repo/project/scratch/Try.cs", 0)]
    [InlineData("notebooks, scratch", "/repo/project/notebooks/Try.cs", 0)]
    [InlineData("notebooks, scratch", "/repo/project/explore/Try.cs", 1)]
    public async Task The_team_names_the_exempt_folders(string folders, string path, int findings)
    {
        var code = new Code((path, Bad))
            .With("/repo/project/.editorconfig", $"root = true\n[*.cs]\nmlops_analyzers.exempt_folders = {folders}\n");

        Assert.Equal(findings, (await code.Findings<UnseededMLContextAnalyzer>()).Length);
    }

    [Fact]
    public async Task A_linked_file_outside_the_root_is_judged_by_its_own_path()
    {
        var code = new Code(("/elsewhere/explore/Try.cs", Bad), ("/elsewhere/Train.cs", Bad.Replace("class C", "class D")))
            .With("/repo/.globalconfig", "is_global = true\nbuild_property.MlOpsProjectRoot = /work\n");

        var finding = Assert.Single(await code.Findings<UnseededMLContextAnalyzer>());

        Assert.Equal("/elsewhere/Train.cs", finding.Location.SourceTree!.FilePath);
    }
}
