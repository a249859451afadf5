using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.OpenThreadCountAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.UnseededMLContextFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class OpenThreadCountTests
{
    [Theory]
    [InlineData("ml.BinaryClassification.Trainers.SdcaLogisticRegression()")]
    [InlineData("ml.Regression.Trainers.Sdca(\"L\")")]
    [InlineData("ml.BinaryClassification.Trainers.SgdCalibrated()")]
    [InlineData("ml.BinaryClassification.Trainers.LbfgsLogisticRegression()")]
    [InlineData("ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()")]
    [InlineData("ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { L2Regularization = 1 })")]
    [InlineData("ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = null })")]
    public Task Threads_that_the_machine_chooses_are_an_information(string call) => Rule.Says(Around("{?" + call + "?}"));

    [Theory]
    [InlineData("ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 })")]
    [InlineData("ml.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { NumberOfThreads = 4 })")]
    [InlineData("ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 })")]
    [InlineData("ml.Regression.Trainers.Sdca(options)")]
    [InlineData("ml.Regression.Trainers.FastTree()")]
    [InlineData("ml.BinaryClassification.Trainers.AveragedPerceptron()")]
    public Task A_number_or_a_trainer_that_does_not_vary_is_quiet(string call) => Rule.Says(Around(call));

    [Theory]
    [InlineData("ml.Regression.Trainers.Sdca()", 0)]
    [InlineData("ml.Regression.Trainers.LbfgsPoissonRegression()", 1)]
    public async Task Where_the_seed_rule_asks_for_one_thread_it_speaks_of_Sdca_alone(string call, int expected)
    {
        var code = new Code((Code.FileName, Around(call)))
            .With("/repo/.editorconfig", "root = true\n[*.cs]\nMLOPS1001.require_single_thread = true\n");

        Assert.Equal(expected, (await code.Findings<OpenThreadCountAnalyzer>()).Length);
    }

    [Fact]
    public async Task The_message_names_the_trainer_and_the_remedy()
    {
        var finding = Assert.Single(
            await new Code((Code.FileName, Around("ml.Regression.Trainers.Sdca()"))).Findings<OpenThreadCountAnalyzer>());

        Assert.Equal(
            "'Sdca' takes its number of threads from the machine and its model depends on it, so a laptop and a build agent train different models. "
            + "Pass options with 'NumberOfThreads = 1'.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Regression.Trainers.Sdca(", "ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = })" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<OpenThreadCountAnalyzer>();
        }
    }

    private static string Around(string call) =>
        $$"""
        class C
        {
            object M(MLContext ml, SdcaRegressionTrainer.Options options) => {{call}};
        }
        """;
}
