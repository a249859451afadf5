namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>Each of our own rules finds what it is for: one change to a workflow or pipeline that is right.</summary>
public sealed class YamlRulesTests
{
    private const string Workflow = """
        on: pull_request
        permissions: {}
        concurrency: one
        jobs:
          a:
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            environment: production
            concurrency:
              group: a
              cancel-in-progress: false
              queue: max
            permissions:
              # To read.
              contents: read
            steps:
              - uses: actions/checkout@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3 # v6.0.0
                with:
                  fetch-depth: 0
                  persist-credentials: false
              - run: echo "$NAME"
                env: { NAME: "${{ github.actor }}" }
        """;

    private const string Pipeline = """
        stages:
          - stage: a
            lockBehavior: sequential
            jobs:
              - deployment: d
                environment: production
                timeoutInMinutes: 5
                strategy:
                  runOnce:
                    deploy:
                      steps:
                        - checkout: self
                          persistCredentials: false
                        - script: echo x
        """;

    [Fact]
    public void What_is_right_has_no_finding()
    {
        Assert.Empty(WorkflowRules.Findings(new("a.yml", Workflow)));
        Assert.Empty(PipelineRules.Findings(new("a.yml", Pipeline)));
        Assert.Empty(PipelineRules.Findings(new("a.yml", "steps:\n  - checkout: none\n")));
    }

    [Theory]
    [InlineData("on: pull_request", "on: pull_request_target", "pull_request_target")]
    [InlineData("on: pull_request", "on: [push, pull_request_target]", "pull_request_target")]
    [InlineData("permissions: {}", "permissions: read-all", "does not start")]
    [InlineData("permissions: {}", "name: x", "does not start")]
    [InlineData("      # To read.\n", "", "no comment says why it needs contents: read")]
    [InlineData("    permissions:\n      # To read.\n      contents: read\n", "", "says nothing about permissions")]
    [InlineData("    timeout-minutes: 5\n", "", "has no timeout-minutes")]
    [InlineData("      queue: max\n", "", "a newer run would replace it")]
    [InlineData("cancel-in-progress: false", "cancel-in-progress: true", "a newer run would replace it")]
    [InlineData("1af3b93b6815bc44a9784bd300feb67ff0d1eeb3", "v6", "is not pinned")]
    [InlineData(" # v6.0.0", "", "does not stand beside it")]
    [InlineData("fetch-depth: 0", "fetch-depth: 1", "no history")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "leaves its token behind")]
    [InlineData("echo \"$NAME\"", "echo ${{ github.actor }}", "expanded into a shell")]
    public void A_workflow_that_breaks_a_rule_is_found(string right, string wrong, string finding)
    {
        Assert.Contains(right, Workflow, StringComparison.Ordinal);

        var findings = WorkflowRules.Findings(new("a.yml", Workflow.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(finding, Assert.Single(findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lockBehavior: sequential", "displayName: a", "cancelled by a newer run")]
    [InlineData("        environment: production\n", "", "no environment")]
    [InlineData("persistCredentials: false", "persistCredentials: true", "leaves its token behind")]
    [InlineData("echo x", "echo $(Build.SourceVersionMessage)", "expanded into a shell")]
    [InlineData("script: echo x", "bash: echo ${{ parameters.a }}", "expanded into a shell")]
    public void A_pipeline_that_breaks_a_rule_is_found(string right, string wrong, string finding)
    {
        Assert.Contains(right, Pipeline, StringComparison.Ordinal);

        var findings = PipelineRules.Findings(new("a.yml", Pipeline.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(finding, Assert.Single(findings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workflow_that_hands_all_secrets_on_is_found()
    {
        var findings = WorkflowRules.Findings(new(
            "a.yml", "on: push\npermissions: {}\njobs:\n  a:\n    permissions: {}\n    uses: ./.github/workflows/a.yml\n    secrets: inherit\n"));

        Assert.Contains("hands all secrets on", Assert.Single(findings), StringComparison.Ordinal);
    }
}
