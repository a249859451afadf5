using System.Globalization;
using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Leakage.LabelInFeaturesAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Leakage;

public sealed class LabelInFeaturesTests
{
    [Theory]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Label\"!]).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"Label\", \"Income\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Income\"!])).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Conversion.MapValueToKey(\"Key\", \"Kind\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Kind\"!])).Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(\"Key\"));")]
    [InlineData("var p = ml.Transforms.Conversion.ConvertType(\"Copy\", \"Label\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Copy\"!])).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Numbers\", \"Age\", [!\"Label\"!]).Append(ml.Transforms.Concatenate(\"Features\", \"Numbers\", \"Other\")).Append(ml.Transforms.NormalizeMinMax(\"Features\")).AppendCacheCheckpoint(ml).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"X\", new[] { \"Age\", [!\"Y\"!] }).Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(\"Y\", \"X\"));")]
    [InlineData("var prep = ml.Transforms.Concatenate(\"Features\", \"Age\", [!nameof(Row.Income)!]); var p = prep.Append(ml.Regression.Trainers.Sdca(labelColumnName: nameof(Row.Income)));")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Label\"!]).Append(ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { MaximumNumberOfIterations = 3 }));")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Y\"!]).Append(ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { LabelColumnName = \"Y\" })).Append(ml.Transforms.CopyColumns(\"A\", \"Score\"));")]
    [InlineData("var p = ml.Transforms.ReplaceMissingValues(new[] { new InputOutputColumnPair(\"Age\"), new InputOutputColumnPair(\"Wage\", \"Pay\") }).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Label\"!])).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Conversion.ConvertType([new InputOutputColumnPair(\"Copy\", inputColumnName: \"Label\")]).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Copy\"!])).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Conversion.MapValueToKey(\"Label\", \"Kind\").Append(ml.Transforms.Categorical.OneHotEncoding(\"Slots\", \"Kind\")).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Slots\"!])).Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());")]
    [InlineData("var p = ml.Transforms.Conversion.MapValueToKey(\"Label\", \"Kind\").Append(ml.Transforms.Conversion.MapKeyToVector(\"Slots\", \"Label\")).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Slots\"!])).Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", [!\"Label\"!]).Append(ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.LinearSvm()));")]
    [InlineData("var one = ml.BinaryClassification.Trainers.LinearSvm(\"Other\", \"X\"); var p = ml.Transforms.Concatenate(\"X\", \"Age\", [!\"Kind\"!]).Append(ml.MulticlassClassification.Trainers.PairwiseCoupling(one, labelColumnName: \"Kind\"));")]
    public Task The_label_or_a_copy_of_it_among_the_features_is_an_error(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\", \"Income\").Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Other\", \"Age\", \"Label\").Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.NormalizeBinning(\"Label\", \"Price\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Price\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"Income\", \"Age\").Append(ml.Transforms.Concatenate(\"Features\", \"Income\")).Append(ml.Transforms.CopyColumns(\"Label\", \"Wage\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Label\", \"Age\").Append(ml.Transforms.CustomMapping<Row, Row>((i, o) => { }, \"c\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Label\", \"Age\").Append(given).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", name, \"Age\").Append(ml.Regression.Trainers.Sdca(name));")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"Label\", \"Income\").Append(ml.Transforms.CopyColumns(\"Income\", name)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Income\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"Label\", \"Income\").Append(ml.Transforms.CopyColumns(name, \"Wage\")).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Income\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"Label\", \"Income\").Append(ml.Transforms.Conversion.MapValueToKey(new[] { new InputOutputColumnPair(\"Income\", \"Kind\") }, maximumNumberOfKeys: 3)).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Income\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Label\", \"Age\").Append(ml.Clustering.Trainers.KMeans());")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Label\", \"Age\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var pairs = new[] { new InputOutputColumnPair(name) }; var p = ml.Transforms.ReplaceMissingValues(pairs).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Label\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.ReplaceMissingValues(given2).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Label\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Conversion.ConvertType([new InputOutputColumnPair(\"Label\", \"Income\")]).Append(ml.Transforms.NormalizeMinMax([new InputOutputColumnPair(\"Income\", \"Age\")])).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Income\")).Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = ml.Transforms.Conversion.MapValueToKey(\"Label\", \"Kind\").Append(ml.Transforms.Categorical.OneHotEncoding(\"Slots\", \"Place\")).Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Slots\")).Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());")]
    public Task Other_columns_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_says_what_the_label_is_called()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(
            "var p = ml.Transforms.CopyColumns(\"Label\", \"Income\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\", \"Income\")).Append(ml.Regression.Trainers.Sdca());")))
            .Findings<LabelInFeaturesAnalyzer>());

        Assert.StartsWith("'Income' is the label of 'Sdca' under the name 'Label', so", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task The_fix_removes_it_and_keeps_the_rest() => Rule.Mends(
        Around(
            """
            var a = ml.Transforms.Concatenate("Features", "Age", [!"Label"!], "Wage" /* in euros */)
                .Append(ml.Regression.Trainers.Sdca()); // kept
            var b = ml.Transforms.Concatenate("Features", new[] { "Age", [!"Label"!] }).Append(ml.Regression.Trainers.Sdca());
            """),
        Around(
            """
            var a = ml.Transforms.Concatenate("Features", "Age", "Wage" /* in euros */)
                .Append(ml.Regression.Trainers.Sdca()); // kept
            var b = ml.Transforms.Concatenate("Features", new[] { "Age" }).Append(ml.Regression.Trainers.Sdca());
            """));

    [Fact]
    public Task Where_nothing_would_be_left_there_is_no_fix() => Rule.HasNoFixFor(Around(
        "var p = ml.Transforms.Concatenate(\"Features\", [!\"Label\"!]).Append(ml.Regression.Trainers.Sdca());"));

    [Theory]
    [InlineData("ml.Transforms.Concatenate(\"Features\", \"Label\").Append(ml.Regression.Trainers.")]
    [InlineData("ml.Transforms.Concatenate().Append(ml.Regression.Trainers.Sdca());")]
    [InlineData("var p = p.Append(ml.Regression.Trainers.Sdca());")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<LabelInFeaturesAnalyzer>();

    private static string Around(string body) =>
        $$"""
        class Row { public float Age { get; set; } public float Income { get; set; } }

        class C
        {
            void M(MLContext ml, IEstimator<ITransformer> given, string name, InputOutputColumnPair[] given2)
            {
                {{body}}
            }
        }
        """;
}
