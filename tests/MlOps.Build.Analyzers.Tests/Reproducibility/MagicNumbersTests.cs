using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.MagicNumbersAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.UnseededMLContextFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class MagicNumbersTests
{
    private const string Trainers = "ml.Regression.Trainers.";

    [Theory]
    [InlineData("FastTree(numberOfTrees: 137, learningRate: 0.037)")]
    [InlineData("Sdca(maximumNumberOfIterations: 20)")]
    [InlineData("LbfgsPoissonRegression(l1Regularization: -1f)")]
    [InlineData("Sdca(new SdcaRegressionTrainer.Options { L2Regularization = 0.1f, LabelColumnName = \"L\" })")]
    public Task A_number_in_the_entry_point_is_an_information(string call) => Rule.Says(Around("{?" + Trainers + call + "?}"));

    [Theory]
    [InlineData(Trainers + "FastTree()")]
    [InlineData(Trainers + "FastTree(\"L\", \"F\")")]
    [InlineData(Trainers + "FastTree(numberOfTrees: trees)")]
    [InlineData(Trainers + "FastTree(numberOfTrees: Trees)")]
    [InlineData(Trainers + "Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1, Shuffle = false })")]
    [InlineData("ml.AnomalyDetection.Trainers.RandomizedPca(seed: 3)")]
    [InlineData("ml.Transforms.ProjectToPrincipalComponents(\"P\", rank: 3)")]
    public Task Named_values_seeds_and_transforms_are_quiet(string call) => Rule.Says(Around(call));

    [Theory]
    [InlineData("MLOPS1006.everywhere = true", 1)]
    [InlineData("MLOPS1006.everywhere = false", 0)]
    public async Task Other_methods_are_judged_on_request(string option, int expected)
    {
        var code = new Code((Code.FileName, "class C { object M(MLContext ml) => ml.Regression.Trainers.FastTree(numberOfTrees: 137); }"))
            .With("/repo/.editorconfig", $"root = true\n[*.cs]\n{option}\n");

        Assert.Equal(expected, (await code.Findings<MagicNumbersAnalyzer>()).Length);
    }

    [Fact]
    public async Task The_message_names_the_trainer_the_numbers_and_the_remedy()
    {
        var finding = Assert.Single(
            await new Code((Code.FileName, Around(Trainers + "FastTree(numberOfTrees: 137, learningRate: 0.037)"))).Findings<MagicNumbersAnalyzer>());

        Assert.Equal(
            "'FastTree' is given numbers that stand in the code (numberOfTrees, learningRate), so another try is a change of code and no run records it. "
            + "Take them from options that are bound to configuration, or name them as constants.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { Trainers + "FastTree(numberOfTrees: ", Trainers + "Sdca(new SdcaRegressionTrainer.Options { L2Regularization = })" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<MagicNumbersAnalyzer>();
        }
    }

    private static string Around(string call) =>
        $$"""
        namespace MlOps.Build.Annotations { class TrainingEntryPointAttribute : Attribute; }

        class C
        {
            private const int Trees = 10;

            [MlOps.Build.Annotations.TrainingEntryPoint]
            object M(MLContext ml, int trees) => {{call}};
        }
        """;
}
