using System.Text.RegularExpressions;
using MlOps.Build.Engine.Configuration;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Templates.Tests;

/// <summary>The workflows and pipelines of a project: what they share with those of this repository, and what calls what.</summary>
public sealed partial class WorkflowTests(PackedTemplate template)
{
    private static readonly string Workflows = Path.Combine(Repository.Content, ".github", "workflows");

    [Theory]
    [InlineData(".github/workflows/mlops-pr.yml", ".github/workflows/mlops-pr.yml")]
    [InlineData(".github/workflows/mlops-release.yml", ".github/workflows/mlops-release.yml")]
    [InlineData(".github/workflows/mlops-rollback.yml", ".github/workflows/mlops-rollback.yml")]
    [InlineData(".github/workflows/mlops-report.yml", ".github/workflows/mlops-report.yml")]
    [InlineData("azure-pipelines/mlops.yml", "tasks/azure-devops/templates/mlops.yml")]
    [InlineData("azure-pipelines/pr.yml", "tasks/azure-devops/templates/pr.yml")]
    [InlineData("azure-pipelines/release.yml", "tasks/azure-devops/templates/release.yml")]
    [InlineData("azure-pipelines/rollback.yml", "tasks/azure-devops/templates/rollback.yml")]
    public void A_project_gets_the_file_of_this_repository_byte_for_byte(string copy, string original)
        => Assert.Equal(File.ReadAllBytes(Repository.PathOf(original)), File.ReadAllBytes(Path.Combine(Repository.Content, copy)));

    [Fact]
    public void Pull_requests_are_judged_without_a_right_to_write_and_never_with_the_rights_of_the_target()
    {
        var root = Load("mlops.yml");
        var events = ((YamlMappingNode)root["on"]).Children.Keys.Select(key => key.ToString());

        Assert.Equal(["merge_group", "pull_request", "schedule", "workflow_dispatch"], events.Order(StringComparer.Ordinal));
        Assert.Equal(["contents: read"], Permissions((YamlMappingNode)root["jobs"]["mlops"]));
        Assert.All(
            ((YamlMappingNode)Load("mlops-pr.yml")["jobs"]).Children.Values.Cast<YamlMappingNode>(),
            job => Assert.Empty(Permissions(job).Except(["contents: read"], StringComparer.Ordinal)));
    }

    /// <summary>GitHub refuses to start a workflow that asks for more than its caller has, or that is called with words it does not know.</summary>
    [Theory]
    [InlineData("mlops.yml")]
    [InlineData("release.yml")]
    [InlineData("rollback.yml")]
    [InlineData("report.yml")]
    public void Who_calls_a_workflow_grants_what_it_needs_and_gives_what_it_asks_for(string file)
    {
        var call = (YamlMappingNode)((YamlMappingNode)Load(file)["jobs"]).Children.Values.Single();
        var called = Load(Path.GetFileName(call["uses"].ToString()));
        var inputs = ((YamlMappingNode)called["on"]["workflow_call"]["inputs"]).Children;
        var given = call.Children.TryGetValue("with", out var with) ? ((YamlMappingNode)with).Children.Keys.Select(key => key.ToString()).ToArray() : [];
        var required = inputs.Where(input => ((YamlMappingNode)input.Value).Children.TryGetValue("required", out var value) && value.ToString() == "true");
        var granted = Permissions(call).SelectMany(line => new[] { line, line.Replace("write", "read", StringComparison.Ordinal) });
        var needed = ((YamlMappingNode)called["jobs"]).Children.Values.SelectMany(job => Permissions((YamlMappingNode)job));

        Assert.Empty(given.Except(inputs.Keys.Select(key => key.ToString()), StringComparer.Ordinal));
        Assert.Empty(required.Select(input => input.Key.ToString()).Except(given, StringComparer.Ordinal));
        Assert.Empty(needed.Except(granted, StringComparer.Ordinal));
    }

    [Fact]
    public void The_check_that_is_required_fails_unless_exactly_one_training_has_passed()
    {
        var gate = (YamlMappingNode)Load("mlops-pr.yml")["jobs"]["mlops-gate"];

        Assert.Equal("always()", gate["if"].ToString());
        Assert.Equal(["sample", "full"], ((YamlSequenceNode)gate["needs"]).Select(need => need.ToString()));
        Assert.Contains("success/skipped|skipped/success) ;;", gate["steps"][0]["run"].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github", "git")]
    [InlineData("azure-devops", "git")]
    [InlineData("both", "git")]
    [InlineData("none", "folder")]
    public async Task With_a_build_server_the_registry_outlives_the_job(string ci, string store)
    {
        var project = await template.NewAsync("My Model", "--no-restore", "--ci", ci, "--task", "regression");

        Assert.Equal(store, ConfigurationReader.Read(project.Folder).Registry.Store);
        Assert.DoesNotContain("#if", project.Read("mlops.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comments_engine_is_the_version_of_the_template()
    {
        var project = await template.NewAsync("My Model", "--no-restore", "--ci", "github");

        Assert.Contains($"version: {PackedTemplate.Version}\n", project.Read(".github/workflows/report.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_version_stands_beside_its_pin()
    {
        var uses = Directory.GetFiles(Workflows).SelectMany(File.ReadAllLines).Where(line => line.Contains("uses: actions/", StringComparison.Ordinal)).ToArray();

        Assert.True(uses.Length > 10, $"{uses.Length} actions were found.");
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    private static YamlMappingNode Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Workflows, file))));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static string[] Permissions(YamlMappingNode job)
        => [.. ((YamlMappingNode)job["permissions"]).Children.Select(pair => $"{pair.Key}: {pair.Value}")];

    [GeneratedRegex(@"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
