using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Tests.Configuration;

public sealed class EnvironmentPolicyTests
{
    private const string Law = "rules:\n  - { metric: brier, at-most: 0.2 }\n";

    [Fact]
    public void An_environment_adds_rules_of_its_own_and_of_files()
    {
        var result = Parse("{ extends: law.yml, rules: [{ metric: auc, at-least: 0.8 }] }", Law);

        Assert.Empty(result.Problems);
        Assert.Equal(
            [(null, "auc", null), ("production", "brier", "law.yml"), ("production", "auc", null)],
            result.Configuration.Gate.Rules.Select(rule => (rule.Environment, rule.Metric, rule.From)));
        Assert.Equal("law.yml", result.Configuration.Gate.Policies.Single().Path);
    }

    [Theory]
    [InlineData("{ rules: [{ metric: auc, at-least: 0.6 }] }", "MLO2346")]
    [InlineData("{ rules: [{ metric: auc, at-least: 0.7 }] }", "MLO2322")]
    [InlineData("{ rules: [{ metric: acu, at-least: 0.7 }] }", "MLO2304")]
    [InlineData("{ confidence: 99% }", "MLO2011")]
    [InlineData("{ extends: missing.yml }", "MLO2345")]
    [InlineData("{ extends: law.yml }", "MLO2348", "confidence: 99%\n")]
    [InlineData("{ extends: law.yml }", "MLO2346", "waivers: [{ rule: brier, by: [ana, bo], why: w, until: 2027-01-31 }]\n")]
    public void What_cannot_bind_is_refused(string gate, string code, string law = "")
    {
        var problem = Assert.Single(Parse(gate, law + Law).Problems);

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Place);
    }

    [Fact]
    public void Rules_of_two_environments_have_nothing_to_do_with_each_other()
        => Assert.Empty(Parse("{ rules: [{ metric: auc, at-least: 0.8 }] }", Law, "  staging: { path: s, gate: { rules: [{ metric: auc, at-least: 0.75 }] } }").Problems);

    [Fact]
    public void No_waiver_reaches_the_rule_of_an_environment()
    {
        var problem = Assert.Single(Parse("{ rules: [{ metric: brier, at-most: 0.2 }] }", Law, waivers: "  waivers: [{ rule: brier, by: [ana, bo], why: w, until: 2027-01-31 }]").Problems);

        Assert.Equal("MLO2323", problem.Code);
    }

    private static ConfigurationResult Parse(string gate, string law, string other = "", string waivers = "")
        => ConfigurationReader.Parse(
            ConfigurationReaderTests.Smallest + $"\ngate:\n  rules: [{{ metric: auc, at-least: 0.7 }}]\n{waivers}\nenvironments:\n  production: {{ path: p, gate: {gate} }}\n{other}\n",
            "mlops.yml",
            new KnownPolicies(string.Empty, new Dictionary<string, PolicyFile> { ["law.yml"] = new("law.yml", law) }));
}
