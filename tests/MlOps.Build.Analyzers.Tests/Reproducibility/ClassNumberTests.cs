using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.ClassNumberAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.ClassNumberFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class ClassNumberTests
{
    private const string Keys = "ml.Transforms.Conversion.MapValueToKey(\"Label\")";
    private const string Hit = "{?" + Keys + "?}";
    private const string Trainer = "ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()";
    private const string Back = "ml.Transforms.Conversion.MapKeyToValue(\"PredictedLabel\")";

    [Theory]
    [InlineData($"_ = {Hit}.Append({Trainer});")]
    [InlineData($"var keys = {Hit}; _ = keys.Append(ml.MulticlassClassification.Trainers.NaiveBayes());")]
    [InlineData("_ = {?ml.Transforms.Conversion.MapValueToKey(\"L\", \"Kind\")?}.Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(\"L\"));")]
    [InlineData("_ = {?ml.Transforms.Conversion.MapValueToKey(new[] { new InputOutputColumnPair(\"Label\", \"Kind\") })?}.Append(" + Trainer + ");")]
    [InlineData($"_ = {Hit}.Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options {{ L2Regularization = 1 }}));")]
    [InlineData($"_ = {Hit}.Append(ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.LinearSvm()));")]
    [InlineData($"_ = {Hit}.Append(ml.Ranking.Trainers.FastTree());")]
    [InlineData($"var p = {Hit}.Append({Trainer}).Append({Back}); var s = ml.Model.CreatePredictionEngine<In, Scored>(p.Fit(data));")]
    [InlineData($"var p = {Hit}.Append({Trainer}).Append({Back}); var s = p.Fit(data).Transform(data).GetColumn<float[]>(\"Score\");")]
    [InlineData($"var p = {Hit}.Append({Trainer}).Append({Back}); var t = ml.MulticlassClassification.Evaluate(p.Fit(data).Transform(data)).ConfusionMatrix.Counts[0];")]
    public Task A_label_numbered_by_occurrence_is_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"_ = {Keys};")]
    [InlineData($"_ = {Keys}.Append(ml.MulticlassClassification.Trainers.NaiveBayes(\"Other\"));")]
    [InlineData($"_ = {Keys}.Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(name));")]
    [InlineData($"_ = {Keys}.Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(options));")]
    [InlineData($"_ = {Keys}.Append(ml.Regression.Trainers.Sdca());")]
    [InlineData($"_ = ml.Transforms.Conversion.MapValueToKey(\"Town\").Append({Trainer});")]
    [InlineData($"_ = {Keys}.Append({Trainer}).Append({Back});")]
    [InlineData($"var p = {Keys}.Append({Trainer}).Append({Back}); var s = ml.Model.CreatePredictionEngine<In, Named>(p.Fit(data));")]
    [InlineData($"_ = ml.Transforms.Conversion.MapValueToKey(\"Label\", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Append({Trainer});")]
    [InlineData($"_ = ml.Transforms.Conversion.MapValueToKey(\"Label\", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence).Append({Trainer});")]
    [InlineData($"_ = ml.Transforms.Conversion.MapValueToKey(\"Label\", keyData: data).Append({Trainer});")]
    [InlineData($"var p = {Keys}.Append({Trainer}).Append({Back}); var a = ml.MulticlassClassification.Evaluate(p.Fit(data).Transform(data)).MacroAccuracy;")]
    public Task Keys_whose_numbers_do_not_matter_or_are_said_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_column_and_the_remedy()
    {
        var finding = Assert.Single(
            await new Code((Code.FileName, Around($"_ = {Keys}.Append({Trainer});"))).Findings<ClassNumberAnalyzer>());

        Assert.Equal(
            "The classes of 'Label' are numbered in the order of the rows, so Score[0] may be another class after the next training. "
            + "Pass keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task The_fix_numbers_by_value_and_adds_the_using() => Rule.Mends(
        "using System.Text;\n\n" + Around($"_ = /* a */ {Hit} // b\n.Append({Trainer});\n_ = {{?ml.Transforms.Conversion.MapValueToKey(\n\"Label\" /* c */)?}}.Append({Trainer});"),
        "using System.Text;\nusing Microsoft.ML.Transforms;\n\n" + Around(
            "_ = /* a */ ml.Transforms.Conversion.MapValueToKey(\"Label\", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue) // b\n"
            + $".Append({Trainer});\n_ = ml.Transforms.Conversion.MapValueToKey(\n\"Label\", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue /* c */).Append({Trainer});"));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Transforms.Conversion.MapValueToKey(", $"{Keys}.Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new", "ml.Transforms.Conversion.MapValueToKey(new[] { new InputOutputColumnPair( }).Append(" + Trainer })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<ClassNumberAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class In { public string Label { get; set; } }
        class Scored { public float[] Score { get; set; } }
        class Named { public string PredictedLabel { get; set; } }

        class C
        {
            void M(MLContext ml, IDataView data, string name, SdcaMaximumEntropyMulticlassTrainer.Options options)
            {
                {{body}}
            }
        }
        """;
}
