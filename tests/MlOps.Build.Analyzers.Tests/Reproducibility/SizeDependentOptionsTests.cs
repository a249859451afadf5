using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.SizeDependentOptionsAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.UnseededMLContextFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class SizeDependentOptionsTests
{
    private const string All = "UseCategoricalSplit = false, LearningRate = 0.1, NumberOfLeaves = 31, MinimumExampleCountPerLeaf = 20";
    private const string Options = "new Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options";

    [Theory]
    [InlineData("ml.BinaryClassification.Trainers.LightGbm()")]
    [InlineData("ml.Regression.Trainers.LightGbm(numberOfLeaves: 31, minimumExampleCountPerLeaf: 20, learningRate: 0.1)")]
    [InlineData("ml.Ranking.Trainers.LightGbm()")]
    [InlineData("ml.MulticlassClassification.Trainers.LightGbm()")]
    [InlineData($"ml.BinaryClassification.Trainers.LightGbm({Options}())")]
    [InlineData($"ml.BinaryClassification.Trainers.LightGbm({Options} {{ NumberOfLeaves = 31 }})")]
    [InlineData($"ml.BinaryClassification.Trainers.LightGbm({Options} {{ UseCategoricalSplit = null, LearningRate = 0.1, NumberOfLeaves = 31, MinimumExampleCountPerLeaf = 20 }})")]
    public Task A_choice_that_is_left_to_the_size_is_an_information(string call) => Rule.Says(Around("{?" + call + "?}"));

    [Theory]
    [InlineData($"ml.BinaryClassification.Trainers.LightGbm({Options} {{ {All} }})")]
    [InlineData("ml.BinaryClassification.Trainers.LightGbm(options)")]
    [InlineData("ml.BinaryClassification.Trainers.FastTree()")]
    [InlineData("ml.BinaryClassification.Trainers.LightGbm(System.IO.Stream.Null)")]
    public Task Options_that_are_set_or_made_elsewhere_are_quiet(string call) => Rule.Says(Around(call));

    [Fact]
    public async Task The_message_names_what_is_open_and_the_remedy()
    {
        var code = Around("ml.Regression.Trainers.LightGbm(numberOfLeaves: 31, learningRate: 0.1)");

        var finding = Assert.Single(await new Code((Code.FileName, code)).Findings<SizeDependentOptionsAnalyzer>());

        Assert.Equal(
            "'LightGbm' chooses UseCategoricalSplit, MinimumExampleCountPerLeaf by the number of rows, so a sample and the full data are trained in different ways. "
            + "Set UseCategoricalSplit, MinimumExampleCountPerLeaf in LightGbm's options.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.BinaryClassification.Trainers.LightGbm(", $"ml.BinaryClassification.Trainers.LightGbm({Options} {{ NumberOfLeaves = }})" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<SizeDependentOptionsAnalyzer>();
        }
    }

    private static string Around(string call) =>
        $$"""
        class C
        {
            object M(MLContext ml, Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options options) => {{call}};
        }
        """;
}
