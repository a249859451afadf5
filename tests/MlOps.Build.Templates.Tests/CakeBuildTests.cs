using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Build.Templates.Tests;

/// <summary>The build script of a generated project, run as a user runs it: Cake and mlops from its tool manifest, the addin from its feed.</summary>
[Trait("Speed", "Slow")]
public sealed partial class CakeBuildTests(PackedTemplate template)
{
    [Fact]
    public async Task A_generated_build_judges_a_change_and_ends_red_on_a_worse_one()
    {
        await template.PackAllAsync();
        var project = await template.NewAsync("My Model", "--no-restore", "--ci", "none", "--build", "cake", "--feed", template.Feed);
        await GitAsync(project, "init", "--initial-branch=main");
        await CommitAsync(project);
        await GitAsync(project, "switch", "-c", "change");

        await ReplaceAsync(project, "mlops.yml", "trees: 60", "trees: 50");
        var (passed, pass) = await BuildAsync(project, "--target=Judge", "--base=main");
        var verdicts = Verdicts(project);
        await ReplaceAsync(project, Path.Combine("src", "My Model.Training", "FlightModel.cs"), "LeftOut = [];", "LeftOut = [nameof(Flight.DepartureHour)];");
        var (failed, fail) = await BuildAsync(project, "--target=Judge", "--base=main");
        var (listed, targets) = await BuildAsync(project, "--description");

        Assert.True(passed == 0, pass);
        Assert.Matches("mlops ci pr: .* hold", Plain(pass));
        Assert.Single(verdicts);
        Assert.True(failed == 1, $"{failed}: {fail}");
        Assert.Matches("mlops ci pr: .* fail", Plain(fail));
        Assert.Equal(["fail", "pass"], Verdicts(project).Order(StringComparer.Ordinal));
        Assert.True(listed == 0, targets);
        Assert.All(["Build", "Test", "Judge", "Release", "Deploy", "Status"], target => Assert.Contains(target, targets, StringComparison.Ordinal));
    }

    private static string Plain(string text) => Colours().Replace(text, string.Empty);

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colours();

    private static IReadOnlyList<string> Verdicts(GeneratedProject project)
        => [.. Directory.GetFiles(Path.Combine(project.Folder, ".mlops", "runs"), "verdict.json", SearchOption.AllDirectories)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!["verdict"]!.GetValue<string>())];

    private async Task ReplaceAsync(GeneratedProject project, string path, string before, string after)
    {
        var file = Path.Combine(project.Folder, path);
        var settings = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains(before, settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, settings.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await CommitAsync(project);
    }

    private async Task CommitAsync(GeneratedProject project)
    {
        await GitAsync(project, "add", "--all");
        await GitAsync(project, "-c", "user.name=Ana", "-c", "user.email=ana@example.com", "commit", "--quiet", "-m", "Change");
    }

    private async Task GitAsync(GeneratedProject project, params string[] words)
    {
        var (exit, output) = await Dotnet.TryProgramAsync("git", project.Folder, new Dictionary<string, string>(StringComparer.Ordinal), words);
        Assert.True(exit == 0, output);
    }

    /// <summary>What build.sh and build.cmd do, without a shell.</summary>
    private async Task<(int ExitCode, string Output)> BuildAsync(GeneratedProject project, params string[] arguments)
    {
        var environment = Environment();
        return OperatingSystem.IsWindows()
            ? await Dotnet.TryProgramAsync(Path.Combine(project.Folder, "build.cmd"), project.Folder, environment, arguments)
            : await Dotnet.TryProgramAsync(Path.Combine(project.Folder, "build.sh"), project.Folder, environment, arguments);
    }

    private Dictionary<string, string> Environment()
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        var installed = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        return new Dictionary<string, string>(template.Environment, StringComparer.Ordinal)
        {
            ["NUGET_PACKAGES"] = Path.Combine(template.Workspace, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = installed,
            // In no job of a build server: there the verdict would be advice, and the base that of the pull request.
            ["GITHUB_ACTIONS"] = string.Empty,
            ["TF_BUILD"] = string.Empty,
        };
    }
}
