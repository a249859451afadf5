using MlOps.Build.Analyzers.Naming;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Naming.ColumnNameofAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Naming.ColumnNameofFix>;

namespace MlOps.Build.Analyzers.Tests.Naming;

public sealed class ColumnNameofTests
{
    private const string Load = "var d = ml.Data.LoadFromTextFile<Row>(\"Age\", ','); ";

    [Theory]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", {?\"Age\"?}, {?\"Wage\"?});")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"Copy\", {?\"Age\"?}).Append(ml.Regression.Trainers.Sdca(labelColumnName: {?\"Wage\"?}, featureColumnName: \"Features\"));")]
    [InlineData("var p = ml.Transforms.Conversion.ConvertType({?\"Age\"?}).Append(ml.Transforms.Concatenate(\"Features\", {?\"Age\"?}));")]
    [InlineData("var s = ml.Data.TrainTestSplit(d, samplingKeyColumnName: {?\"Wage\"?});")]
    [InlineData("var p = ml.Transforms.ReplaceMissingValues({?\"Wage\"?}, replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean);")]
    public Task A_text_that_is_a_member_is_an_information(string body) => Rule.Says(Around(Load + body));

    [Theory]
    [InlineData(Load + "var p = ml.Transforms.Concatenate(\"Features\", nameof(Row.Age), \"Other\", \"Renamed\");")]
    [InlineData(Load + "var p = ml.Transforms.CopyColumns(\"Age\", \"Other\").Append(ml.Transforms.Concatenate(\"Features\", \"Age\"));")]
    [InlineData(Load + "const string age = \"Age\"; var p = ml.Transforms.Concatenate(\"Features\", age);")]
    [InlineData(Load + "var e = ml.Data.LoadFromEnumerable(new Second[0]); var p = ml.Transforms.Concatenate(\"Features\", \"Age\");")]
    [InlineData(Load + "Console.WriteLine(\"Age\");")]
    [InlineData("var p = ml.Transforms.Concatenate(\"Features\", \"Age\");")]
    public Task Names_of_other_columns_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task The_fix_names_the_member() => Rule.Mends(
        Around(Load + "var p = ml.Transforms.Concatenate(\"Features\", {?\"Age\"?} /* years */, {?\"Wage\"?}); // kept"),
        Around(Load + "var p = ml.Transforms.Concatenate(\"Features\", nameof(Row.Age) /* years */, nameof(Row.Wage)); // kept"));

    [Theory]
    [InlineData("ml.Transforms.Concatenate(\"Features\", \"Age\"")]
    [InlineData("ml.Transforms.Concatenate(\"Features\", \"Age\").Append(")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(Load + body))) { MayBeBroken = true }.Findings<ColumnNameofAnalyzer>();

    private static string Around(string body) =>
        $$"""
        class Row
        {
            [LoadColumn(0)] public float Age { get; set; }
            [LoadColumn(1)] public float Wage { get; set; }
            [LoadColumn(2), ColumnName("kept")] public float Renamed { get; set; }
        }

        class Second { public float Age { get; set; } }

        class C
        {
            void M(MLContext ml)
            {
                {{body}}
            }
        }
        """;
}
