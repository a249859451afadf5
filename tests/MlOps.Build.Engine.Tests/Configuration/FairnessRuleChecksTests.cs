using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class FairnessRuleChecksTests
{
    [Fact]
    public void A_fairness_rule_is_read()
    {
        var result = Parse("{ fairness: equalized-odds-difference, by: [sex], at-most: 0.10, no-worse-by: 0.02 }");

        Assert.Empty(result.Problems);
        var rule = result.Configuration.Gate.Rules.Single();
        Assert.Equal(("equalized-odds-difference", "sex", 0.1, new Margin(0.02, false)), (rule.Fairness, rule.By.Single(), rule.AtMost, rule.NoWorseBy));
    }

    [Fact]
    public void Groups_of_two_columns_are_read()
        => Assert.Empty(Parse("{ fairness: equalized-odds-difference, by: [sex & race], at-most: 0.1 }").Problems);

    [Theory]
    [InlineData("{ fairness: equalized-odds-difference, by: [sex & origin], at-most: 0.1 }", "'data.sensitive' does not name it.")]
    [InlineData("{ fairness: equalised-odds-difference, by: [sex], at-most: 0.1 }", "Did you mean 'equalized-odds-difference'?")]
    [InlineData("{ fairness: equalized-odds-difference, by: [sexx], at-most: 0.1 }", "Did you mean 'sex'?")]
    [InlineData("{ fairness: equalized-odds-difference, by: [origin], at-most: 0.1 }", "'data.sensitive' does not name it.")]
    [InlineData("{ fairness: equalized-odds-difference, at-most: 0.1 }", "It names no column.")]
    [InlineData("{ fairness: equalized-odds-difference, by: [sex], metric: auc, at-most: 0.1 }", "A fairness rule has no `metric`")]
    [InlineData("{ metric: auc, by: [sex], at-most: 0.9 }", "Only fairness rules hold groups against each other.")]
    public void What_cannot_be_judged_is_refused_with_its_place(string rule, string why)
    {
        var problem = Assert.Single(Parse(rule).Problems);

        Assert.Equal(("MLO2319", "mlops.yml", 8, 7), (problem.Code, problem.Place!.File, problem.Place.Line, problem.Place.Column));
        Assert.Contains(why, problem.Why);
    }

    [Fact]
    public void Fairness_is_for_two_classes()
        => Assert.Equal("MLO2319", Assert.Single(Parse("{ fairness: equalized-odds-difference, by: [sex], at-most: 0.1 }", "regression").Problems).Code);

    private static ConfigurationResult Parse(string rule, string task = "binary-classification")
        => ConfigurationReader.Parse(
            $$"""
            model: income
            task: {{task}}
            data: { source: data/*.csv, label: rich, slices: [origin], sensitive: [sex, race] }
            train: { project: src/Training }

            gate:
              rules:
                - {{rule}}
            """,
            "mlops.yml");
}
