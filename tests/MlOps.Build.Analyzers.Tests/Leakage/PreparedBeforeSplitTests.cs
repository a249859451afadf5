using System.Globalization;
using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Leakage.PreparedBeforeSplitAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.SamplingKeyFix>;

namespace MlOps.Build.Analyzers.Tests.Leakage;

public sealed class PreparedBeforeSplitTests
{
    [Theory]
    [InlineData("ml.Transforms.NormalizeMinMax(\"X\")")]
    [InlineData("ml.Transforms.NormalizeSupervisedBinning(\"X\")")]
    [InlineData("ml.Transforms.Categorical.OneHotEncoding(\"X\")")]
    [InlineData("ml.Transforms.Text.FeaturizeText(\"X\")")]
    [InlineData("ml.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation(\"X\")")]
    [InlineData("ml.Transforms.ProjectToPrincipalComponents(\"X\")")]
    [InlineData("ml.Transforms.ReplaceMissingValues(\"X\", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean)")]
    [InlineData("ml.Transforms.Concatenate(\"F\", \"X\").Append(ml.Transforms.NormalizeMeanVariance(\"F\"))")]
    public Task A_step_that_learned_from_all_rows_is_a_warning(string prep) => Rule.Says(Around(
        $"var scaled = {prep}.Fit(data).Transform(data); var s = [|ml.Data.TrainTestSplit(scaled)|];"));

    [Theory]
    [InlineData("var p = ml.Transforms.NormalizeMinMax(\"X\"); var fitted = p.Fit(data); var x = ml.Data.Cache(fitted.Transform(data)); [|ml.Data.CrossValidationSplit(x)|].ToString();")]
    [InlineData("var x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); var m = [|ml.Regression.CrossValidate(x, pipeline)|];")]
    [InlineData("var x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); var y = ml.Transforms.Concatenate(\"F\", \"X\").Fit(x).Transform(x); var s = [|ml.Data.TrainTestSplit(y)|];")]
    [InlineData("var shuffled = ml.Data.ShuffleRows(data); var x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(shuffled); var s = [|ml.Data.TrainTestSplit(data: x)|];")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); x = ml.Data.Cache(x); var s = [|ml.Data.TrainTestSplit(x)|];")]
    [InlineData("IDataView x = data; x = ml.Transforms.NormalizeMinMax(\"X\").Fit(x).Transform(x); var s = [|ml.Data.TrainTestSplit(x)|];")]
    [InlineData("IDataView x; x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); if (other != null) { var s = [|ml.Data.TrainTestSplit(x)|]; } x = other;")]
    [InlineData("while (other != null) { IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); x = ml.Data.Cache(x); var s = [|ml.Data.TrainTestSplit(x)|]; }")]
    public Task It_is_followed_through_variables_views_and_further_steps(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var x = ml.Transforms.Concatenate(\"F\", \"X\").Fit(data).Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var x = ml.Transforms.Conversion.MapValueToKey(\"X\").Fit(data).Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var x = ml.Transforms.ReplaceMissingValues(\"X\").Fit(data).Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var x = ml.Transforms.Categorical.OneHotHashEncoding(\"X\").Fit(data).Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var x = ml.Transforms.NormalizeMinMax(\"X\").Fit(other).Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var x = given.Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var x = pipeline.Fit(data).Transform(data); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("var s = ml.Data.TrainTestSplit(data); var m = ml.Transforms.NormalizeMinMax(\"X\").Append(ml.Regression.Trainers.Sdca()).Fit(s.TrainSet);")]
    [InlineData("var s = ml.Data.TrainTestSplit(data); var x = ml.Transforms.NormalizeMinMax(\"X\").Fit(s.TrainSet).Transform(s.TrainSet);")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); x = other; var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); if (other != null) { x = other; } var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); x = ml.Data.Cache(x); Action later = () => ml.Data.TrainTestSplit(x); x = other; later();")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); x = ml.Data.Cache(x); void Later() { x = other; } Later(); var s = ml.Data.TrainTestSplit(x);")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); foreach (var y in new[] { other }) { var s = ml.Data.TrainTestSplit(x); x = y; }")]
    [InlineData("IDataView x = ml.Transforms.NormalizeMinMax(\"X\").Fit(data).Transform(data); (x, var y) = (other, data); var s = ml.Data.TrainTestSplit(x);")]
    public Task A_step_that_learns_nothing_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_step_and_the_split()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(
            "var x = ml.Transforms.NormalizeMinMax(\"X\").Append(ml.Transforms.NormalizeMeanVariance(\"X\")).Fit(data).Transform(data); var s = ml.Data.TrainTestSplit(x);")))
            .Findings<PreparedBeforeSplitAnalyzer>());

        Assert.StartsWith("'NormalizeMinMax' has learned from all rows before 'TrainTestSplit' sets some aside", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ml.Data.TrainTestSplit(ml.Transforms.NormalizeMinMax(\"X\").Fit().Transform());")]
    [InlineData("var x = ml.Transforms.NormalizeMinMax(\"X\").Fit(x).Transform(x); ml.Data.TrainTestSplit(x);")]
    [InlineData("ml.Data.TrainTestSplit(")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<PreparedBeforeSplitAnalyzer>();

    private static string Around(string body) =>
        $$"""
        class C
        {
            void M(MLContext ml, IDataView data, IDataView other, IEstimator<ITransformer> pipeline, ITransformer given)
            {
                {{body}}
            }
        }
        """;
}
