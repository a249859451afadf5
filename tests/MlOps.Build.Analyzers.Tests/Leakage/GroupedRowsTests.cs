using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Leakage.GroupedRowsAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.GroupedRowsFix>;

namespace MlOps.Build.Analyzers.Tests.Leakage;

public sealed class GroupedRowsTests
{
    [Theory]
    [InlineData("var s = [|ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Marked[0]))|];")]
    [InlineData("var d = ml.Data.LoadFromTextFile<Marked>(\"a.csv\", ','); var s = [|ml.Data.CrossValidationSplit(d, 5)|];")]
    [InlineData("var d = ml.Data.Cache(ml.Data.LoadFromEnumerable(new Marked[0])); var s = [|ml.Regression.CrossValidate(d, pipeline)|];")]
    [InlineData("var s = {?ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Guessed[0]), 0.2)?};")]
    public Task A_split_that_tears_groups_apart_is_reported(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var s = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Marked[0]), samplingKeyColumnName: \"Machine\");")]
    [InlineData("var s = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Marked[0]), samplingKeyColumnName: null);")]
    [InlineData("var s = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Plain[0]));")]
    [InlineData("var s = ml.Data.TrainTestSplit(data);")]
    [InlineData("var s = ml.Data.TrainTestSplit(pipeline.Fit(data).Transform(ml.Data.LoadFromEnumerable(new Marked[0])));")]
    public Task A_key_or_rows_without_groups_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task The_fix_names_the_group() => Rule.Mends(
        Around(
            """
            var marked = ml.Data.LoadFromEnumerable(new Marked[0]);
            var a = [|ml.Data.TrainTestSplit(marked /* all */, 0.2)|]; // kept
            var b = {?ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Guessed[0]))?};
            var c = [|ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Renamed[0]))|];
            """),
        Around(
            """
            var marked = ml.Data.LoadFromEnumerable(new Marked[0]);
            var a = ml.Data.TrainTestSplit(marked /* all */, 0.2, samplingKeyColumnName: nameof(Marked.Machine)); // kept
            var b = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Guessed[0]), samplingKeyColumnName: nameof(Guessed.PatientId));
            var c = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Renamed[0]), samplingKeyColumnName: "who");
            """));

    [Theory]
    [InlineData("ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(new Marked[0]), ")]
    [InlineData("ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable<Marked>());")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<GroupedRowsAnalyzer>();

    private static string Around(string body) =>
        $$"""
        namespace MlOps.Build.Annotations
        {
            [AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
            class GroupKeyAttribute : Attribute;
        }

        class Marked
        {
            [LoadColumn(0)] public float X { get; set; }
            [LoadColumn(1), MlOps.Build.Annotations.GroupKey] public string Machine { get; set; }
        }

        class Guessed { [LoadColumn(0)] public float PatientId { get; set; } }

        class Renamed { [LoadColumn(0), ColumnName("who"), MlOps.Build.Annotations.GroupKey] public float Id { get; set; } }

        class Plain { [LoadColumn(0)] public float Patients { get; set; } }

        class C
        {
            void M(MLContext ml, IDataView data, IEstimator<ITransformer> pipeline)
            {
                {{body}}
            }
        }
        """;
}
