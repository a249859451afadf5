namespace MlOps.Build.Pipeline.Tests;

/// <summary>What GitHub's own language service says about the files it will read.</summary>
public sealed class ActionTests(ValidatorFixture validators) : IClassFixture<ValidatorFixture>
{
    [Fact]
    public async Task The_action_passes_the_official_language_service()
    {
        var (exit, output) = await validators.ValidateAsync(Path.Combine(Repository.Root, "action.yml"));

        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task The_language_service_is_alive()
    {
        var folder = Directory.CreateTempSubdirectory("mlops-action-");
        var broken = Path.Combine(folder.FullName, "action.yml");
        await File.WriteAllTextAsync(broken, "name: x\nruns:\n  using: node24\n  mian: a.js\n", TestContext.Current.CancellationToken);

        var (exit, output) = await validators.ValidateAsync(broken);

        folder.Delete(recursive: true);
        Assert.Equal(1, exit);
        Assert.Contains("description", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workflow_of_the_template_passes_the_official_language_service_and_actionlint()
    {
        var workflow = Path.Combine(
            Repository.Root, "templates", "MlOps.Build.Templates", "content", "mlops-project", ".github", "workflows", "mlops.yml");

        var (exit, output) = await validators.ValidateAsync(workflow);
        var (lint, findings) = await validators.LintAsync(workflow);

        Assert.True(exit == 0, output);
        Assert.True(lint == 0, findings);
    }
}
