using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Templates.Tests;

public sealed partial class WorkflowTests
{
    private static readonly string Text
        = File.ReadAllText(Path.Combine(Repository.Content, ".github", "workflows", "mlops.yml"));

    [Fact]
    public void The_job_may_read_the_code_and_nothing_else()
    {
        var root = Load();

        Assert.Empty(((YamlMappingNode)root["permissions"]).Children);
        var permission = Assert.Single(((YamlMappingNode)Job(root)["permissions"]).Children);
        Assert.Equal("contents: read", $"{permission.Key}: {permission.Value}");
    }

    [Fact]
    public void It_runs_on_pull_requests_and_merge_queues_never_with_the_rights_of_the_target()
    {
        var events = ((YamlMappingNode)Load()["on"]).Children.Keys.Select(key => key.ToString());

        Assert.Equal(["merge_group", "pull_request"], events.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_checkout_has_the_merge_base_and_leaves_no_token()
    {
        var checkout = Steps().First(step => Uses(step).StartsWith("actions/checkout@", StringComparison.Ordinal));

        Assert.Equal("0", checkout["with"]["fetch-depth"].ToString());
        Assert.Equal("false", checkout["with"]["persist-credentials"].ToString());
    }

    [Fact]
    public void Every_action_is_pinned_to_a_commit_with_its_version_beside_it()
    {
        var uses = Steps().Select(Uses).Where(action => action.Length > 0).ToArray();

        Assert.NotEmpty(uses);
        Assert.Equal(uses.Length, Pinned().Count(Text));
    }

    [Fact]
    public void No_expression_is_expanded_into_a_shell()
    {
        var commands = Steps().Where(step => step.Children.ContainsKey("run")).Select(step => step["run"].ToString()).ToArray();

        Assert.Contains("dotnet mlops run --mode pr", commands);
        Assert.All(commands, command => Assert.DoesNotContain("${{", command, StringComparison.Ordinal));
    }

    private static YamlMappingNode Load()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlMappingNode Job(YamlMappingNode root) => (YamlMappingNode)root["jobs"]["mlops-gate"];

    private static YamlMappingNode[] Steps() => [.. ((YamlSequenceNode)Job(Load())["steps"]).Cast<YamlMappingNode>()];

    private static string Uses(YamlMappingNode step)
        => step.Children.TryGetValue("uses", out var action) ? action.ToString() : string.Empty;

    [GeneratedRegex(@"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", RegexOptions.Multiline)]
    private static partial Regex Pinned();
}
