using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.ColumnShapeAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.ColumnShapeFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class ColumnShapeTests
{
    [Theory]
    [InlineData("[[|LoadColumn(1, 4)|]] public float X { get; set; }")]
    [InlineData("[[|LoadColumn(1, 1)|]] public float X;")]
    [InlineData("[[|LoadColumn(1, 4)|]] public string X { get; set; }")]
    [InlineData("[[|LoadColumn(1, 4)|]] public DateTime X { get; set; }")]
    [InlineData("[[|LoadColumn(new[] { 1, 3 })|]] public bool X { get; set; }")]
    [InlineData("[[|LoadColumn(3)|]] public float[] X { get; set; }")]
    [InlineData("[[|LoadColumn(3)|], VectorType(4)] public float[] X { get; set; }")]
    [InlineData("[[|LoadColumn(new[] { 3 })|]] public float[] X { get; set; }")]
    [InlineData("[[|LoadColumn(1, 4)|], VectorType(5)] public float[] X { get; set; }")]
    [InlineData("[VectorType(2, 3)] [[|LoadColumn(1, 4)|]] public float[] X { get; set; }")]
    [InlineData("[[|LoadColumn(4, 1)|]] public float[] X { get; set; }")]
    [InlineData("[[|LoadColumn(-1)|]] public float X { get; set; }")]
    [InlineData("[[|LoadColumn(new[] { 1, -3 })|]] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 4)] public float[] X; [{?LoadColumn(4)?}] public float Y;")]
    [InlineData("[LoadColumn(2)] public float X; [{?LoadColumn(1, 4)?}] public float[] Y; [LoadColumn(5)] public float Z;")]
    public Task A_column_that_the_member_cannot_take_is_reported(string members) => Rule.Says(Around(members));

    [Theory]
    [InlineData("[LoadColumn(1)] public float X { get; set; }")]
    [InlineData("[LoadColumn(new[] { 1 })] public float X { get; set; }")]
    [InlineData("[LoadColumn(1, 4)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 1)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 4), VectorType(4)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 4), VectorType(2, 2)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 4), VectorType] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 4), VectorType(2, 0)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(new[] { 1, 3 }), VectorType(2)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(1, 4)] public VBuffer<float> X { get; set; }")]
    [InlineData("[LoadColumn(1, 4)] public Own X { get; set; }")]
    [InlineData("[VectorType(4)] public float[] X { get; set; }")]
    [InlineData("[LoadColumn(0)] public float X; [LoadColumn(1, 2)] public float[] Y; [LoadColumn(3)] public float Z;")]
    public Task A_column_that_fits_is_quiet(string members) => Rule.Says(Around(members));

    [Fact]
    public Task A_place_that_the_base_class_reads_is_an_information() =>
        Rule.Says("class Base { [LoadColumn(1)] public float A; } class Row : Base { [{?LoadColumn(1)?}] public float B; [LoadColumn(0)] public float C; }");

    [Theory]
    [InlineData(
        "[LoadColumn(1, 4)] public float X;",
        "A range makes 'X' a vector of 4, which does not fit into 'float', so reading the rows throws. Give it one place, or make it 'float[]' with [VectorType(4)].")]
    [InlineData(
        "[LoadColumn(1, 4), VectorType(5)] public float[] X;",
        "'X' is 4 wide in the file and 5 wide by [VectorType], which the text loader ignores. Write [VectorType(4)], or correct the range.")]
    [InlineData("[LoadColumn(1)] public float A; [LoadColumn(1)] public float B;", "'B' reads a column of the file that 'A' reads too. Correct the places unless it is meant.")]
    public async Task The_message_names_the_member_and_the_remedy(string members, string expected)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(members))).Findings<ColumnShapeAnalyzer>());

        Assert.Equal(expected, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[[|LoadColumn(1, 1)|]] public float X;", "[LoadColumn(1)] public float X;")]
    [InlineData("[ [|LoadColumn(4, 1)|] /* a */] public float[] X;", "[ LoadColumn(1, 4) /* a */] public float[] X;")]
    [InlineData("[[|LoadColumn(1, 4)|], VectorType(5)] // b\npublic float[] X { get; set; }", "[LoadColumn(1, 4), VectorType(4)] // b\npublic float[] X { get; set; }")]
    [InlineData("[[|LoadColumn(1)|], VectorType(3)] public float[] X;", "[LoadColumn(1, 3), VectorType(3)] public float[] X;")]
    public Task The_fix_leaves_the_only_reading(string before, string after) =>
        Rule.Mends(Around(before) + $"class Row2 {{ {before} }}", Around(after) + $"class Row2 {{ {after} }}");

    [Theory]
    [InlineData("[[|LoadColumn(1, 4)|]] public float X;")]
    [InlineData("[[|LoadColumn(1)|]] public float[] X;")]
    [InlineData("[[|LoadColumn(1)|], VectorType(3)] public float[] X; [LoadColumn(2)] public float Y;")]
    [InlineData("[[|LoadColumn(-1)|]] public float X;")]
    [InlineData("[LoadColumn(1)] public float X; [{?LoadColumn(1)?}] public float Y;")]
    public Task Where_several_mends_are_possible_there_is_no_fix(string members) => Rule.HasNoFixFor(Around(members));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "[LoadColumn(] public float X;", "[LoadColumn(1, ), VectorType(] public float[] X;", "[LoadColumn(\"a\", 2)] public Nothing X;", "[LoadColumn(null)] public float X" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<ColumnShapeAnalyzer>();
        }
    }

    private static string Around(string members) => $"class Own;\n\nclass Row\n{{\n    {members}\n}}\n";
}
