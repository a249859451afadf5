using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;

namespace MlOps.Build.Analyzers.Tests;

/// <summary>Generators that do not mark their files, such as Model Builder with <c>Price.consumption.cs</c>.</summary>
public sealed class ExcludedFilesTests
{
    private const string Bad = "class C { object M() => new MLContext().Regression.Trainers.Sdca(); }";

    [Theory]
    [InlineData("MLOPS1001.exclude_files = *.consumption.cs, *.training.cs", "Price.consumption.cs", 0)]
    [InlineData("MLOPS1001.exclude_files = *.consumption.cs, *.training.cs", "Price.Training.cs", 0)]
    [InlineData("MLOPS1001.exclude_files = *.consumption.cs, *.training.cs", "Price.cs", 1)]
    [InlineData("MLOPS1001.exclude_files = Price.cs", "Price.cs", 0)]
    [InlineData("MLOPS1001.exclude_files = Price.cs", "HousePrice.cs", 1)]
    [InlineData("mlops_analyzers.exclude_files = *.consumption.cs", "Price.consumption.cs", 0)]
    [InlineData("MLOPS4001.exclude_files = *.consumption.cs", "Price.consumption.cs", 1)]
    public async Task Files_that_the_team_names_are_silent(string option, string file, int findings)
    {
        var code = new Code(("/repo/project/" + file, Bad)).With("/repo/project/.editorconfig", $"root = true\n[*.cs]\n{option}\n");

        Assert.Equal(findings, (await code.Findings<UnseededMLContextAnalyzer>()).Length);
    }

    /// <summary>The documentation says so, because the rest of the list would be lost without a word.</summary>
    [Fact]
    public async Task After_a_semicolon_a_comment_begins()
    {
        var code = new Code(("/repo/project/Price.training.cs", Bad)).With(
            "/repo/project/.editorconfig", "root = true\n[*.cs]\nMLOPS1001.exclude_files = *.consumption.cs;*.training.cs\n");

        Assert.Single(await code.Findings<UnseededMLContextAnalyzer>());
    }
}
