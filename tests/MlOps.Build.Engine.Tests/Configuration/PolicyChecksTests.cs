using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class PolicyChecksTests
{
    [Theory]
    [InlineData("binary-classification", "{ metric: acu, at-least: 0.7 }", "MLO2304", "Did you mean 'auc'?")]
    [InlineData("regression", "{ metric: auc, at-least: 0.7 }", "MLO2304", "is a metric of binary classification")]
    [InlineData("binary-classification", "{ slices: [orign], no-worse-by: 0.03 }", "MLO2305", "Did you mean 'origin'?")]
    [InlineData("binary-classification", "{ metric: auc, at-most: 0.7 }", "MLO2320", "stops good models")]
    [InlineData("binary-classification", "{ metric: log-loss, at-least: 0.2 }", "MLO2320", "stops good models")]
    [InlineData("regression", "{ metric: rmse, at-least: 3 }", "MLO2320", "stops good models")]
    [InlineData("regression", "{ metric: bias, at-least: 3 }", "MLO2320", "stops good models")]
    [InlineData("binary-classification", "{ fairness: equalized-odds-difference, by: [sex], at-least: 0.1 }", "MLO2320", "stops good models")]
    [InlineData("binary-classification", "{ fairness: demographic-parity-ratio, by: [sex], at-most: 0.8 }", "MLO2320", "stops good models")]
    [InlineData("binary-classification", "{ metric: auc, at-least: 70 }", "MLO2321", "lies between 0 and 1")]
    [InlineData("binary-classification", "{ metric: brier, at-most: -0.1 }", "MLO2321", "lies between 0 and 1")]
    [InlineData("regression", "{ metric: r2, at-least: 1.1 }", "MLO2321", "minus any number")]
    [InlineData("binary-classification", "{ metric: brier, at-most: 1 }", "MLO2322", "whatever the model says")]
    [InlineData("binary-classification", "{ metric: auc, at-least: 0 }", "MLO2322", "whatever the model says")]
    public void A_wrong_rule_is_refused_at_its_place(string task, string rule, string code, string why)
    {
        var problem = Assert.Single(Parse(task, rule).Problems);

        Assert.Equal((code, 8, 7), (problem.Code, problem.Place!.Line, problem.Place.Column));
        Assert.Contains(why, problem.Why);
    }

    [Theory]
    [InlineData("{ at-least: 0.8 }", "{ metric: auc, at-least: 0.5, at-most: 0.7 }", "MLO2321", 9)]
    [InlineData("{ metric: auc, at-least: 0.7 }", "{ at-least: 0.6 }", "MLO2322", 9)]
    [InlineData("{ metric: auc, at-least: 0.6 }", "{ at-least: 0.7, no-worse-by: 0.01 }", "MLO2322", 8)]
    [InlineData("{ metric: auc, no-worse-by: 0.01 }", "{ metric: auc, no-worse-by: 0.02 }", "MLO2322", 9)]
    [InlineData("{ metric: auc, no-worse-by: 0.01 }", "{ metric: auc, no-worse-by: 0.01, advisory: true }", "MLO2322", 9)]
    public void Two_rules_are_held_against_each_other(string first, string second, string code, int line)
    {
        var problem = Assert.Single(Parse("binary-classification", first, second).Problems);

        Assert.Equal((code, line), (problem.Code, problem.Place!.Line));
    }

    [Theory]
    [InlineData("{ metric: auc, at-least: 0.7, at-most: 0.99 }", "{ metric: auc, no-worse-by: 0.01 }")]
    [InlineData("{ metric: auc, at-least: 0.7 }", "{ metric: auc, at-least: 0.8, advisory: true }")]
    [InlineData("{ metric: auc, no-worse-by: 0.01 }", "{ slices: [origin], no-worse-by: 0.02 }")]
    [InlineData("{ metric: auc, no-worse-by: 0.01 }", "{ metric: auc, no-worse-by: 2% }")]
    [InlineData("{ metric: mcc, at-least: 0.2 }", "{ metric: lift@0.1, at-least: 2 }")]
    [InlineData("{ calibration: ece, at-most: 0.05 }", "{ metric: log-loss, at-most: 1.5 }")]
    public void What_makes_sense_is_let_through(string first, string second)
        => Assert.Empty(Parse("binary-classification", first, second).Problems);

    [Fact]
    public void A_primary_metric_that_does_not_exist_is_refused_at_its_line()
    {
        var problem = Assert.Single(Parse("binary-classification", "{ metric: auc, at-least: 0.7 }", "{ metric: brier, at-most: 0.2 }\n  primary: acu").Problems);

        Assert.Equal(("MLO2304", 10), (problem.Code, problem.Place!.Line));
    }

    private static ConfigurationResult Parse(string task, params string[] rules)
        => ConfigurationReader.Parse(
            $"""
            model: income
            task: {task}
            data: {"{ source: data/*.csv, label: rich, slices: [origin], sensitive: [sex] }"}
            train: {"{ project: src/Training }"}

            gate:
              rules:
            """ + string.Concat(rules.Select(rule => $"\n    - {rule}")),
            "mlops.yml");
}
