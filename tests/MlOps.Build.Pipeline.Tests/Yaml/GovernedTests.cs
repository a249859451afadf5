using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>What is left of the steps that a project hands to <c>governed.yml</c>.</summary>
public sealed class GovernedTests
{
    private static readonly string[] Kept = ["script", "bash", "pwsh", "powershell", "displayName", "workingDirectory", "condition", "timeoutInMinutes", "target"];

    [Theory]
    [InlineData("{ script: ./x.sh, env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) } }")]
    [InlineData("{ script: ./x.sh, target: { commands: any, container: host } }")]
    [InlineData("{ task: MlOpsBuild@1, inputs: { command: deploy } }")]
    [InlineData("{ checkout: self, persistCredentials: true }")]
    [InlineData("{ bash: ./x.sh, name: mlops, continueOnError: true, retryCountOnTaskFailure: 9 }")]
    [InlineData("{ template: /x.yml@self }")]
    public void Nothing_of_a_step_passes_but_what_cannot_hold_the_token(string step)
    {
        var left = Expand($"[{step}]").Single();

        Assert.All(left.Children.Keys, key => Assert.Contains(key.ToString(), Kept));
        Assert.DoesNotContain("AccessToken", left.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("restricted none", $"{left["target"]["commands"]} {left["target"]["settableVariables"]}");
    }

    [Theory]
    [InlineData("{ script: 'curl -u :$(System.AccessToken) https://example.org', displayName: x }", "displayName, target")]
    [InlineData("{ bash: 'echo $(alias)', condition: always() }", "condition, target")]
    [InlineData("{ script: ./x.sh, displayName: $(alias) }", "script, target")]
    [InlineData("{ script: ./x.sh, timeoutInMinutes: 5 }", "script, timeoutInMinutes, target")]
    public void What_names_a_variable_is_left_out_and_a_step_without_its_script_is_none(string step, string left)
        => Assert.Equal(left, string.Join(", ", Expand($"[{step}]").Single().Children.Keys));

    [Fact]
    public void The_stages_and_their_order_are_the_platforms()
        => Assert.Equal(["checks", "mlops_release", "mlops_deploy"], Stages("[{ script: ./x.sh }]").Select(stage => stage["stage"].ToString()));

    [Fact]
    public void What_judges_and_deploys_is_the_task_and_never_the_projects_tool_manifest()
    {
        var words = Stages("[]").Skip(1).SelectMany(stage => stage.AllNodes.OfType<YamlMappingNode>())
            .Where(node => node.Children.ContainsKey("script") || node.Children.ContainsKey("task"))
            .Select(step => step.Children.TryGetValue("script", out var script) ? script.ToString() : $"{step["task"]} {step["inputs"].At("command")}".Trim());

        Assert.Equal(["UseDotNet@2", "dotnet build -warnaserror", "dotnet test --no-build", "MlOpsBuild@1 release", "UseDotNet@2", "MlOpsBuild@1 deploy"], words);
    }

    [Theory]
    [InlineData("release.yml", "extension: false", "dotnet mlops ci release, dotnet mlops ci attest, dotnet mlops ci deploy")]
    [InlineData("release.yml", "extension: true", "release, attest, deploy")]
    [InlineData("rollback.yml", "extension: false", "dotnet mlops ci rollback")]
    [InlineData("rollback.yml", "extension: true", "rollback")]
    public void With_the_extension_the_task_is_the_engine_and_gets_what_the_script_gets(string template, string extension, string expected)
    {
        var own = template == "release.yml" ? "attestationGroup: keys, deployPool: { name: D }" : "reason: why, model: any";
        var parameters = $"{{ {extension}, environment: production, pool: {{ name: P }}, {own} }}";
        var steps = TemplateExpander.Expand(Path.Combine(Repository.Root, "tasks", "azure-devops", "templates", template), parameters)
            .SelectMany(stage => stage.AllNodes.OfType<YamlMappingNode>())
            .Where(node => node.Children.TryGetValue("env", out var env) && env.ToString().Contains("MLOPS_GIT_TOKEN", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(expected, string.Join(", ", steps.Select(step => step.At("script")?.ToString() ?? step["inputs"]["command"].ToString())));
        var inputs = steps.SelectMany(step => step.At("inputs") is YamlMappingNode named
            ? named.Children.Keys.Select(key => key.ToString()).Except(["command", "root"], StringComparer.Ordinal)
            : ((YamlMappingNode)step["env"]).Children.Keys.Select(key => key.ToString()).Where(key => key.StartsWith("INPUT_", StringComparison.Ordinal)).Select(key => key[6..]));
        Assert.Equal(
            template == "release.yml" ? "bootstrap requirepolicy package verdictdigest attestationkey environment model approvalsource requiredigestincomment requirepolicy" : "environment reason",
            string.Join(' ', inputs).ToLowerInvariant());
    }

    [Fact]
    public void The_policy_that_the_platform_demands_is_demanded_at_the_release_and_at_the_deployment_and_no_project_can_say_otherwise()
    {
        var governed = Path.Combine(Repository.Root, "tasks", "azure-devops", "templates", "governed.yml");
        var folder = Directory.CreateTempSubdirectory("mlops-governed-");
        try
        {
            foreach (var template in Directory.GetFiles(Path.GetDirectoryName(governed)!, "*.yml"))
            {
                var text = File.ReadAllText(template).Replace("requirePolicy: \"\"", "requirePolicy: \"sha256:floor\"", StringComparison.Ordinal);
                File.WriteAllText(Path.Combine(folder.FullName, Path.GetFileName(template)), text);
            }

            var stages = TemplateExpander.Expand(Path.Combine(folder.FullName, "governed.yml"), "{ trainSteps: [], environment: production, deployPool: { name: D } }");
            var demanded = stages.SelectMany(stage => stage.AllNodes.OfType<YamlMappingNode>())
                .Where(node => node.At("inputs")?.At("requirePolicy") is not null)
                .Select(step => $"{step["inputs"]["command"]} {step["inputs"]["requirePolicy"]}");

            Assert.Equal(["release sha256:floor", "deploy sha256:floor"], demanded);
            Assert.DoesNotContain("name: requirePolicy", File.ReadAllText(governed), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_checkout_before_the_steps_leaves_no_token_behind()
        => Assert.Equal("false", ((YamlSequenceNode)Stages("[]")[0]["jobs"][0]["steps"]).Single()["persistCredentials"].ToString());

    private static IEnumerable<YamlMappingNode> Expand(string steps) => ((YamlSequenceNode)Stages(steps)[0]["jobs"][0]["steps"]).Skip(1).Cast<YamlMappingNode>();

    private static IReadOnlyList<YamlMappingNode> Stages(string steps) => TemplateExpander.Expand(
        Path.Combine(Repository.Root, "tasks", "azure-devops", "templates", "governed.yml"), $"{{ trainSteps: {steps}, environment: production, deployPool: {{ name: Default }} }}");
}
