using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.EarlyStoppingAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.MissingLoadColumnFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class EarlyStoppingTests
{
    private const string Trainer = "ml.BinaryClassification.Trainers.LightGbm(new Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options { EarlyStoppingRound = 20 })";
    private const string Hit = "[|" + Trainer + "|]";

    [Theory]
    [InlineData($"_ = {Hit}.Fit(train);")]
    [InlineData($"var trainer = {Hit}; var model = trainer.Fit(train);")]
    [InlineData($"var model = ml.Transforms.CopyColumns(\"A\", \"B\").Append({Hit}).Fit(train);")]
    [InlineData($"var trainer = {Hit}; var pipeline = ml.Transforms.CopyColumns(\"A\", \"B\").Append(trainer); var model = pipeline.Fit(train);")]
    public Task Stopping_that_has_no_rows_to_stop_by_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"_ = {Trainer}.Fit(train, valid);")]
    [InlineData($"var trainer = {Trainer}; var first = trainer.Fit(train); var model = trainer.Fit(train, valid);")]
    [InlineData($"var trainer = {Trainer};")]
    [InlineData($"var trainer = {Trainer}; var model = ml.Transforms.CopyColumns(\"A\", \"B\").Fit(train);")]
    [InlineData("_ = ml.BinaryClassification.Trainers.LightGbm().Fit(train);")]
    [InlineData("_ = ml.BinaryClassification.Trainers.LightGbm(options).Fit(train);")]
    [InlineData("_ = ml.BinaryClassification.Trainers.LightGbm(new Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options { EarlyStoppingRound = 0 }).Fit(train);")]
    [InlineData("_ = ml.BinaryClassification.Trainers.LightGbm(new Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options { EarlyStoppingRound = rounds }).Fit(train);")]
    public Task Validation_rows_or_another_trainer_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_trainer_and_the_remedy()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around($"_ = {Trainer}.Fit(train);"))).Findings<EarlyStoppingAnalyzer>());

        Assert.Equal(
            "EarlyStoppingRound of 'LightGbm' has no effect, because 'Fit' is given no validation rows: all trees are trained. "
            + "Transform both parts first, then call Fit(train, validation) on the trainer itself.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { $"_ = {Trainer}.Fit(", $"var t = {Trainer}; var model = t.Fit(train, ", "var t = t.Fit(train);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<EarlyStoppingAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class C
        {
            void M(MLContext ml, IDataView train, IDataView valid, int rounds, Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options options)
            {
                {{body}}
            }
        }
        """;
}
