using MlOps.Build.Analyzers.Naming;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Naming.NameConventionAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Naming.NameConventionFix>;

namespace MlOps.Build.Analyzers.Tests.Naming;

public sealed class NameConventionTests
{
    [Theory]
    [InlineData("registry.Register([|\"My Model FINAL2\"|], null);")]
    [InlineData("registry.Register(name: [|\"Churn\"|], model: null);")]
    [InlineData("registry.Load([|\"c\"|], \"12\");")]
    [InlineData("const string name = \"Churn\"; registry.Register([|name|], null);")]
    [InlineData("registry.Register([|\"Churn\" + \"Model\"|], null);")]
    [InlineData("new Run([|\"Try 1\"|]);")]
    [InlineData("Run r = new([|\"Try 1\"|]);")]
    [InlineData("run.Begin([|\"Try 1\"|]);")]
    [InlineData("run.Log([|\"AUC\"|], 1);")]
    [InlineData("run.Log([|\"\"|], 1);")]
    public Task A_name_that_breaks_the_convention_is_reported(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("registry.Register(\"churn-classifier\", null);")]
    [InlineData("registry.Register(given, null);")]
    [InlineData("registry.Register($\"{given} X\", null);")]
    [InlineData("registry.Load(\"churn\", \"V 12\");")]
    [InlineData("registry.Unmarked(\"My Model\");")]
    [InlineData("new Run(\"try-1\"); run.Begin(\"try-1\");")]
    [InlineData("run.Log(\"f1\", 1); run.Log(\"log_loss\", 1); run.Log(\"precision@10\", 1);")]
    public Task A_name_that_keeps_it_and_one_that_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("MLOPS9002.model = ^[A-Z][A-Za-z]+$", "registry.Register(\"Churn\", null);", 0)]
    [InlineData("MLOPS9002.model = ^[A-Z][A-Za-z]+$", "registry.Register(\"churn\", null);", 1)]
    [InlineData("MLOPS9002.model = ^[A-Z][A-Za-z]+$", "new Run(\"try-1\");", 0)]
    [InlineData("MLOPS9002.experiment = ^exp-", "new Run(\"try-1\");", 1)]
    [InlineData("MLOPS9002.metric = ^m/", "run.Log(\"auc\", 1);", 1)]
    [InlineData("MLOPS9002.model = ^[A-Z", "registry.Register(\"My Model\", null);", 0)]
    [InlineData("MLOPS9002.model = ^(a+)+$", "registry.Register(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", null);", 0)]
    public async Task The_team_says_how_things_are_called(string option, string body, int findings)
    {
        var code = new Code((Code.FileName, Around(body)))
            .With("/repo/project/.editorconfig", $"root = true\n[*.cs]\n{option}\n");

        Assert.Equal(findings, (await code.Findings<NameConventionAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("registry.Register(\"Churn\", null);", "'Churn' does not match ^[a-z][a-z0-9-]{2,40}$, by which a model is called here, so what belongs together is recorded under several names. Write 'churn'.")]
    [InlineData("new Run(\"1\");", "'1' does not match ^[a-z][a-z0-9-]{2,40}$, by which an experiment is called here, so what belongs together is recorded under several names. Choose a name that does.")]
    public async Task The_message_names_the_pattern_and_the_remedy(string body, string expected)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(body))).Findings<NameConventionAnalyzer>());

        Assert.Equal(expected, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("My Model FINAL2", "my-model-final2")]
    [InlineData("ChurnClassifier", "churn-classifier")]
    [InlineData("AUCValue", "auc-value")]
    [InlineData("  churn__model. ", "churn-model")]
    public Task The_fix_writes_the_words(string name, string slug) => Rule.Mends(
        Around($"// one\nregistry.Register(/* a */ [|\"{name}\"|] /* b */, null); new Run([|\"{name}\"|]);"),
        Around($"// one\nregistry.Register(/* a */ \"{slug}\" /* b */, null); new Run(\"{slug}\");"));

    [Fact]
    public Task The_words_of_a_metric_are_joined_by_underscores() => Rule.Mends(
        Around("run.Log([|\"AreaUnderRocCurve\"|], 1);"), Around("run.Log(\"area_under_roc_curve\", 1);"));

    [Theory]
    [InlineData("registry.Register([|\"1\"|], null);")]
    [InlineData("registry.Register([|\"2nd\"|], null);")]
    [InlineData("registry.Register([|\"Größe\"|], null);")]
    [InlineData("const string name = \"Churn\"; registry.Register([|name|], null);")]
    public Task What_has_no_such_words_or_other_uses_stays(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public void The_rule_is_off_until_it_is_switched_on() =>
        Assert.All(new NameConventionAnalyzer().SupportedDiagnostics, rule => Assert.False(rule.IsEnabledByDefault));

    [Theory]
    [InlineData("registry.Register(\"My")]
    [InlineData("new Run(\"A\"")]
    [InlineData("run.Log(\"A B\");")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<NameConventionAnalyzer>();

    private static string Around(string body) =>
        $$"""
        using MlOps.Build.Annotations;

        namespace MlOps.Build.Annotations
        {
            class RegistersModelAttribute : Attribute;
            class LoadsModelAttribute : Attribute;
            class StartsRunAttribute : Attribute;
            class LogsMetricsAttribute : Attribute;
        }

        class Registry
        {
            [RegistersModel] public void Register(string name, ITransformer model) { }

            [LoadsModel] public ITransformer Load(string name, string version) => null;

            public void Unmarked(string name) { }
        }

        class Run
        {
            [StartsRun] public Run(string experiment) { }

            [StartsRun] public void Begin(string name) { }

            [LogsMetrics] public void Log(string name, double value) { }
        }

        class C
        {
            void M(Registry registry, Run run, string given)
            {
                {{body}}
            }
        }
        """;
}
