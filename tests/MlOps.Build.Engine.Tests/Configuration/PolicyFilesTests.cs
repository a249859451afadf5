using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Tests.Processes;
using MlOps.Build.Engine.Tests.Runs;

namespace MlOps.Build.Engine.Tests.Configuration;

/// <summary>Policy files on a disk and in a commit.</summary>
public sealed class PolicyFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-policies");
    private readonly GitFixture git;

    public PolicyFilesTests() => git = new(Directory.CreateDirectory(Path.Combine(folder.FullName, "repo")).FullName);

    public void Dispose()
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.IsReadOnly = false;
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_policy_of_a_commit_is_that_of_its_policy_files()
    {
        Project("../policies/company");
        git.Write("policies/company/policy.yml", "extends: ../law.yml\nrules:\n  - { metric: auc, at-least: 0.7 }\n");
        git.Write("policies/law.yml", "rules:\n  - { metric: brier, at-most: 0.2 }\n");
        var commit = await git.CommitAllAsync("policies");
        git.Write("policies/law.yml", "rules: []\n");
        git.Write("policies/company/policy.yml", "rules:\n  - { metric: auc, at-least: 0.5 }\n");
        await git.CommitAllAsync("weaker");

        var result = await ReadAsync(commit);

        Assert.Empty(result.Problems);
        Assert.Equal(
            [("brier", "../policies/law.yml"), ("auc", "../policies/company/policy.yml")],
            result.Configuration.Gate.Rules.Select(rule => (rule.Metric, rule.From)));
        Assert.Equal($"{commit[..7]}:../policies/law.yml", result.Configuration.Gate.Rules[0].Place!.File);
        Assert.Equal(0.5, Disk().Configuration.Gate.Rules.Single().AtLeast);
    }

    [Fact]
    public async Task Missing_files_of_a_commit_are_refused()
    {
        Project("../policies/law.yml");
        var commit = await git.CommitAllAsync("no policy");
        git.Write("policies/law.yml", "rules: [{ metric: auc, at-least: 0.7 }]");

        Assert.Equal("There is no such file.", (await ReadAsync(commit)).Problems.Single().Why);
        Assert.Empty(Disk().Problems);
    }

    [Theory]
    [InlineData("../policies/law.yml", "policies/law.yml", "../../outside.yml")]
    [InlineData("../linked/law.yml", "linked", "../outside")]
    public async Task Links_are_not_followed_on_the_disk_nor_in_a_commit(string named, string link, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        git.Write("../outside.yml", "rules: [{ metric: auc, at-least: 0.7 }]");
        git.Write("../outside/law.yml", "rules: [{ metric: auc, at-least: 0.7 }]");
        Project(named);
        Directory.CreateDirectory(Path.Combine(git.Folder, "policies"));
        File.CreateSymbolicLink(Path.Combine(git.Folder, link), target);
        var commit = await git.CommitAllAsync("linked");

        Assert.Contains("is a link", Disk().Problems.Single().Why);
        Assert.Equal("MLO2345", (await ReadAsync(commit)).Problems.Single().Code);
    }

    private void Project(string extends) => git.Write("model/mlops.yml", ConfigurationReaderTests.Smallest + $"\ngate: {{ extends: {extends} }}\n");

    private ConfigurationResult Disk() => ConfigurationReader.TryRead(Path.Combine(git.Folder, "model"));

    private async Task<ConfigurationResult> ReadAsync(string commit)
    {
        var token = TestContext.Current.CancellationToken;
        var environment = new SystemEnvironment();
        var repository = await GitRepository.FindAsync(Path.Combine(git.Folder, "model"), new ProcessRunner(environment, TimeProvider.System), environment, token);
        return await CommitPolicies.ReadAsync(repository!, commit, (await repository!.FileAtAsync(commit, "mlops.yml", token))!, token);
    }
}
