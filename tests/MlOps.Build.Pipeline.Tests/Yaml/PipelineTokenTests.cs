using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>Who gets the token of a build, read from the templates as the server expands them.</summary>
public sealed class PipelineTokenTests
{
    private const string Main = "Build.SourceBranch: refs/heads/main";
    private const string Topic = "Build.SourceBranch: refs/heads/topic";

    [Theory]
    [InlineData("extension: false", Main, "mlops_full: Train on all data, gate")]
    [InlineData("extension: false", Topic)]
    [InlineData("extension: true", Main, "mlops_report: Report", "mlops_full: Train on all data, gate")]
    [InlineData("extension: true", Topic, "mlops_report: Report")]
    [InlineData("{ extension: true, defaultBranch: refs/heads/topic }", Topic, "mlops_report: Report", "mlops_full: Train on all data, gate")]
    [InlineData("{ extension: true, defaultBranch: refs/heads/topic }", Main, "mlops_report: Report")]
    public void The_token_goes_to_the_report_and_to_all_data_of_the_default_branch(string parameters, string variables, params string[] expected)
        => Assert.Equal(expected, Jobs(parameters, variables).SelectMany(Holders));

    [Fact]
    public void A_job_that_builds_a_pull_request_starts_no_task_that_the_agent_hands_the_token_to()
    {
        var judging = Jobs("extension: true", Topic)[0];

        Assert.Equal("mlops_sample", judging["job"].ToString());
        Assert.Equal(["UseDotNet@2"], Steps(judging).Select(step => step.At("task")?.ToString()).OfType<string>());
    }

    [Fact]
    public void The_job_with_the_token_checks_nothing_out_and_has_no_shell()
    {
        var report = Jobs("extension: true", Topic)[1];

        Assert.Equal("mlops_report", report["job"].ToString());
        Assert.Equal(
            ["checkout: none", "task: DownloadPipelineArtifact@2", "task: UseDotNet@2", "task: MlOpsBuild@1"],
            Steps(report).Select(step => $"{step.Children.First().Key}: {step.Children.First().Value}"));
    }

    /// <summary>Every place in a job that names the token: a step by its words, the job itself for anything else, such as its variables.</summary>
    private static IEnumerable<string> Holders(YamlMappingNode job)
    {
        var others = job.Children.Where(pair => pair.Key.ToString() != "steps").Any(pair => Names(pair.Value));
        return Steps(job).Where(Names).Select(step => $"{job["job"]}: {step["displayName"]}").Concat(others ? [$"{job["job"]}"] : []);
    }

    private static bool Names(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>().Any(scalar => scalar.Value!.Contains("AccessToken", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static IReadOnlyList<YamlMappingNode> Jobs(string parameters, string variables)
        => TemplateExpander.Expand(Path.Combine(Repository.Root, "tasks", "azure-devops", "templates", "pr.yml"), parameters, variables);
}
