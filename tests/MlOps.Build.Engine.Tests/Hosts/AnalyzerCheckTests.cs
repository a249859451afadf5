using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Hosts;

/// <summary>Whether the rules look at the projects that use ML.NET, asked of MSBuild and of what NuGet restored.</summary>
public sealed class AnalyzerCheckTests
{
    private const string WithRules = "\"Microsoft.ML/5.0.1\": {}, \"MlOps.Build.Analyzers/1.0.0\": {}";

    [Fact]
    public async Task Projects_with_the_package_are_well()
    {
        using var folder = new TemporaryFolder();
        Project(folder, "src/Training", WithRules);
        Project(folder, "src/Serving", WithRules);

        var check = Assert.Single(await Look(folder));

        Assert.Equal((DoctorStatus.Ok, "look at src/Serving/Serving.csproj, src/Training/Training.csproj", null), (check.Status, check.Found, check.Fix));
    }

    [Theory]
    [InlineData("\"Microsoft.ML/5.0.1\": {}", "", "MlOps.Build.Analyzers is not referenced")]
    [InlineData("\"Microsoft.ML/5.0.1\": {}, \"MlOps.Build.AnalyzersExtra/1.0.0\": {}", "", "MlOps.Build.Analyzers is not referenced")]
    [InlineData(WithRules, "<RunAnalyzers>false</RunAnalyzers>", "analyzers are switched off (RunAnalyzers)")]
    [InlineData(WithRules, "<RunAnalyzersDuringBuild>False</RunAnalyzersDuringBuild>", "analyzers are switched off (RunAnalyzers)")]
    [InlineData(WithRules, "<MlOpsAnalysisMode>none</MlOpsAnalysisMode>", "MlOpsAnalysisMode is none")]
    public async Task A_project_that_they_do_not_look_at_is_named_with_the_reason(string libraries, string properties, string reason)
    {
        using var folder = new TemporaryFolder();
        Project(folder, "src/Training", libraries, properties);
        Project(folder, "src/Good", WithRules);

        var check = Assert.Single(await Look(folder));

        Assert.Equal((DoctorStatus.Warning, $"not in src/Training/Training.csproj: {reason}"), (check.Status, check.Found));
        Assert.Contains("PackageReference", check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_without_ML_NET_that_are_not_restored_or_only_explore_do_not_count()
    {
        using var folder = new TemporaryFolder();
        Project(folder, "src/Web", "\"Microsoft.MLOther/1.0.0\": {}");
        Project(folder, "explore/Try", "\"Microsoft.ML/5.0.1\": {}");
        Project(folder, "src/New", null);
        Project(folder, "src/Broken", "not JSON");

        Assert.Empty(await Look(folder));
    }

    private static Task<DoctorCheck[]> Look(TemporaryFolder folder)
        => new AnalyzerCheck(folder.Path, new ProcessRunner(new SystemEnvironment(), TimeProvider.System)).LookAsync(CancellationToken.None);

    private static void Project(TemporaryFolder folder, string place, string? libraries, string properties = "")
    {
        var path = folder.At(place);
        Directory.CreateDirectory(Path.Combine(path, "obj"));
        File.WriteAllText(
            Path.Combine(path, Path.GetFileName(place) + ".csproj"),
            $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>{properties}</PropertyGroup></Project>""");
        if (libraries is not null)
        {
            File.WriteAllText(Path.Combine(path, "obj", "project.assets.json"), $$"""{ "version": 3, "libraries": { {{libraries}} } }""");
        }
    }
}
