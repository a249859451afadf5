using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class ThresholdSectionTests
{
    [Theory]
    [InlineData("0.3", null)]
    [InlineData("{ choose: youden }", "youden")]
    [InlineData("{ choose: f-beta@2, on: validation }", "f-beta@2")]
    [InlineData("{ choose: cost, false-positive: 1, false-negative: 5 }", "cost 1:5")]
    public void A_threshold_is_a_number_or_how_it_is_chosen(string threshold, string? rule)
    {
        var result = Parse(threshold);

        Assert.Empty(result.Problems);
        Assert.Equal(rule, result.Configuration.Gate.Choose?.Text);
        Assert.Equal(rule is null ? 0.3 : 0.5, result.Configuration.Gate.Threshold);
    }

    [Theory]
    [InlineData("1.5", "a probability, or how it is chosen")]
    [InlineData("{ choose: best }", "youden, f1, f-beta@2")]
    [InlineData("{ choose: cost }", "cost of a false alarm and that of a miss")]
    [InlineData("{ choose: cost, false-positive: 1 }", "cost of a false alarm and that of a miss")]
    [InlineData("{ choose: cost, false-positive: 0, false-negative: 5 }", "a cost above 0")]
    [InlineData("{ choose: f1, false-positive: 1 }", "knows no costs")]
    [InlineData("{ choose: f1, on: holdout }", "one of validation")]
    [InlineData("{ choose: f1, of: validation }", "Did you mean 'on'?")]
    [InlineData("{ on: validation }", "gate.threshold.choose")]
    public void What_chooses_nothing_is_refused_with_its_place(string threshold, string told)
    {
        var problem = Parse(threshold).Problems[0];

        Assert.Contains(told, $"{problem.What} {problem.Why} {problem.Fix}", StringComparison.Ordinal);
        Assert.Equal(6, problem.Place!.Line);
    }

    [Theory]
    [InlineData("binary-classification", "0%", "leaves no rows for it")]
    [InlineData("multiclass-classification", "10%", "this model has none")]
    [InlineData("regression", "10%", "this model has none")]
    public void It_needs_validation_rows_and_a_model_of_two_classes(string task, string validation, string told)
        => Assert.Contains(told, Assert.Single(Parse("{ choose: youden }", task, validation).Problems).What, StringComparison.Ordinal);

    [Fact]
    public void A_policy_file_chooses_and_a_project_that_chooses_otherwise_is_refused()
    {
        var files = new KnownPolicies(string.Empty, new Dictionary<string, PolicyFile> { ["law.yml"] = new("law.yml", "threshold: { choose: youden }\nrules:\n  - { metric: auc, at-least: 0.6 }\n") });

        var inherited = Parse("", more: "  extends: law.yml\n", files: files);
        var other = Parse("{ choose: f1 }", more: "  extends: law.yml\n", files: files);

        Assert.Empty(inherited.Problems);
        Assert.Equal("youden", inherited.Configuration.Gate.Choose?.Text);
        Assert.Contains("youden", $"{Assert.Single(other.Problems).What} {other.Problems[0].Why}", StringComparison.Ordinal);
    }

    private static ConfigurationResult Parse(string threshold, string task = "binary-classification", string validation = "10%", string more = "", IPolicyFiles? files = null)
        => ConfigurationReader.Parse(
            $$"""
            model: flights
            task: {{task}}
            data: { source: data.csv, label: late }
            train: { project: trainer }
            gate:
              threshold: {{threshold}}
            {{more}}  rules: [{ no-worse-by: 0.01 }]
            split: { validation: {{validation}} }
            """,
            "mlops.yml",
            files);
}
