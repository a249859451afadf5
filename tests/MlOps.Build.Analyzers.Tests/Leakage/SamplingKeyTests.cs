using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Leakage.SamplingKeyAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.SamplingKeyFix>;

namespace MlOps.Build.Analyzers.Tests.Leakage;

public sealed class SamplingKeyTests
{
    [Theory]
    [InlineData("var s = ml.Data.TrainTestSplit(data, [!samplingKeyColumnName: \"Label\"!]); var t = ml.Regression.Trainers.Sdca().Fit(s.TrainSet);")]
    [InlineData("var s = ml.Data.TrainTestSplit(data, 0.2, [!\"Y\"!]); var t = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(labelColumnName: \"Y\"); var p = ml.Transforms.Concatenate(\"Features\", \"X\").Append(t); var m = p.Fit(ml.Data.Cache(s.TrainSet));")]
    [InlineData("const string key = \"Label\"; var s = ml.Data.TrainTestSplit(data, [!samplingKeyColumnName: key!]); var t = ml.Regression.Trainers.Sdca().Fit(s.TrainSet);")]
    [InlineData("var s = ml.Regression.CrossValidate(data, ml.Regression.Trainers.Sdca(\"Y\"), labelColumnName: \"Y\", [!samplingKeyColumnName: \"Y\"!]);")]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Row[0]); var s = ml.Data.TrainTestSplit(d, [!samplingKeyColumnName: nameof(Row.Late)!]);")]
    [InlineData("var d = ml.Data.Cache(ml.Data.LoadFromTextFile<Row>(\"a.csv\", ',')); var s = ml.Data.TrainTestSplit(d, [!samplingKeyColumnName: \"renamed\"!]);")]
    public Task A_label_or_a_boolean_is_an_error(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var s = ml.Data.TrainTestSplit(data, samplingKeyColumnName: \"User\"); var t = ml.Regression.Trainers.Sdca();")]
    [InlineData("var s = ml.Data.TrainTestSplit(data, samplingKeyColumnName: \"Label\");")]
    [InlineData("var s = ml.Data.TrainTestSplit(data, samplingKeyColumnName: \"Label\"); var m = ml.Regression.Trainers.Sdca().Fit(other);")]
    [InlineData("var s = ml.Data.TrainTestSplit(data, samplingKeyColumnName: \"Label\"); var m = ml.Regression.Trainers.Sdca(\"Y\").Fit(s.TrainSet);")]
    [InlineData("var s = ml.Data.TrainTestSplit(data); var t = ml.Regression.Trainers.Sdca();")]
    [InlineData("var s = ml.Data.TrainTestSplit(data, samplingKeyColumnName: null); var t = ml.Regression.Trainers.Sdca();")]
    [InlineData("var s = ml.Data.TrainTestSplit(data, samplingKeyColumnName: name); var t = ml.Regression.Trainers.Sdca();")]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Row[0]); var s = ml.Data.TrainTestSplit(d, samplingKeyColumnName: \"User\");")]
    [InlineData("var d = ml.Data.LoadFromEnumerable(new Row[0]); var s = ml.Data.TrainTestSplit(d, samplingKeyColumnName: \"Unknown\");")]
    [InlineData("var d = given.Transform(ml.Data.LoadFromEnumerable(new Row[0])); var s = ml.Data.TrainTestSplit(d, samplingKeyColumnName: \"Late\");")]
    public Task A_group_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task The_fix_leaves_the_argument_out_and_keeps_the_others_where_they_belong() => Rule.Mends(
        Around(
            """
            var d = ml.Data.LoadFromEnumerable(new Row[0]);
            var a = ml.Data.TrainTestSplit(d, /* a fifth */ 0.2, [!samplingKeyColumnName: "Late"!]); // kept
            var b = ml.Data.TrainTestSplit(d, 0.2, [!"Late"!], 7);
            var c = ml.Data.TrainTestSplit([!samplingKeyColumnName: "Late"!], data: d);
            """),
        Around(
            """
            var d = ml.Data.LoadFromEnumerable(new Row[0]);
            var a = ml.Data.TrainTestSplit(d, /* a fifth */ 0.2); // kept
            var b = ml.Data.TrainTestSplit(d, 0.2, seed: 7);
            var c = ml.Data.TrainTestSplit(data: d);
            """));

    [Theory]
    [InlineData("ml.Data.TrainTestSplit(data, samplingKeyColumnName: ")]
    [InlineData("ml.Data.TrainTestSplit(samplingKeyColumnName: \"Label\"); ml.Regression.Trainers.Sdca(")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<SamplingKeyAnalyzer>();

    private static string Around(string body) =>
        $$"""
        class Row
        {
            [LoadColumn(0)] public bool Late { get; set; }
            [LoadColumn(1)] public float User { get; set; }
            [LoadColumn(2), ColumnName("renamed")] public bool Other { get; set; }
        }

        class C
        {
            void M(MLContext ml, IDataView data, IDataView other, IEstimator<ITransformer> pipeline, ITransformer given, string name)
            {
                {{body}}
            }
        }
        """;
}
