using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests.Actions;

public sealed class WorkflowRulesTests
{
    private const string Good = """
        on: { pull_request: {}, merge_group: {} }
        permissions: {}
        jobs:
          gate:
            permissions: { contents: read }
            steps:
              - uses: actions/checkout@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3
                with: { persist-credentials: false }
              - uses: ./tasks/github/pr
              - run: dotnet tool restore
          called:
            permissions: { contents: read }
            uses: acme/x/.github/workflows/a.yml@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3
        """;

    private const string GoodAction = """
        inputs:
          engine-path: { description: x, default: "" }
          github-token: { description: x, default: "${{ github.token }}" }
        runs:
          using: composite
          steps:
            - run: echo a
              env: { A: "${{ inputs.engine-path }}" }
        """;

    public static TheoryData<string> Workflows =>
    [
        .. new[] { ".github/workflows", "templates/MlOps.Build.Templates/content/mlops-project/.github/workflows" }
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yml"))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_of_ours_breaks_no_rule(string file)
        => Assert.Empty(WorkflowRules.InWorkflow(File.ReadAllText(Path.Combine(Repository.Root, file))));

    [Fact]
    public void A_careful_workflow_breaks_no_rule() => Assert.Empty(WorkflowRules.InWorkflow(Good));

    [Theory]
    [InlineData("permissions: {}\n", "", "permissions: not {} at the top")]
    [InlineData("permissions: {}\n", "permissions: read-all\n", "permissions: not {} at the top")]
    [InlineData("permissions: {}\n", "permissions: { contents: read }\n", "permissions: not {} at the top")]
    [InlineData("{ pull_request: {}, merge_group: {} }", "{ pull_request_target: {} }", "on: pull_request_target")]
    [InlineData("{ pull_request: {}, merge_group: {} }", "[push, pull_request_target]", "on: pull_request_target")]
    [InlineData("{ pull_request: {}, merge_group: {} }", "pull_request_target", "on: pull_request_target")]
    [InlineData("actions/checkout@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3", "actions/checkout@v6", "jobs.gate.steps[0]: 'actions/checkout@v6' is not pinned by a commit")]
    [InlineData("a.yml@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3", "a.yml@main", "jobs.called: 'acme/x/.github/workflows/a.yml@main' is not pinned by a commit")]
    [InlineData("a.yml@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3", "a.yml@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3\n    secrets: inherit", "jobs.called: secrets: inherit")]
    [InlineData("with: { persist-credentials: false }", "with: { fetch-depth: 0 }", "jobs.gate.steps[0]: persist-credentials is not false")]
    [InlineData("\n        with: { persist-credentials: false }", "", "jobs.gate.steps[0]: persist-credentials is not false")]
    [InlineData("run: dotnet tool restore", "run: echo ${{ github.event.pull_request.title }}", "jobs.gate.steps[2]: an expression inside run")]
    [InlineData("    permissions: { contents: read }\n    steps", "    steps", "jobs.gate: no permissions of its own")]
    public void A_careless_line_is_found(string right, string wrong, string finding)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        Assert.Equal([finding], WorkflowRules.InWorkflow(Good.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_careful_action_breaks_no_rule() => Assert.Empty(WorkflowRules.InAction(GoodAction));

    [Theory]
    [InlineData("echo a", "echo ${{ inputs.engine-path }}", "runs.steps[0]: an expression inside run")]
    [InlineData("A: \"${{ inputs.engine-path }}\"", "A: \"${{ inputs.enginepath }}\"", "inputs.enginepath: used and not described")]
    [InlineData("github-token: { description: x,", "github-token: {", "inputs.github-token: no description")]
    [InlineData("github-token: {", "githubToken: {", "inputs.githubToken: not kebab-case")]
    [InlineData("github.token", "github.event.comment.body", "inputs.github-token: an expression as a default")]
    public void A_careless_action_is_found(string right, string wrong, string finding)
    {
        Assert.Contains(right, GoodAction, StringComparison.Ordinal);

        Assert.Equal([finding], WorkflowRules.InAction(GoodAction.Replace(right, wrong, StringComparison.Ordinal)));
    }
}
