using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.UnsupportedMemberAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.MissingLoadColumnFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class UnsupportedMemberTests
{
    private const string FromEnumerable = "ml.Data.LoadFromEnumerable(new List<Row>())";
    private const string FromText = "ml.Data.LoadFromTextFile<Row>(\"a.tsv\")";

    [Theory]
    [InlineData("float?")]
    [InlineData("bool?")]
    [InlineData("decimal")]
    [InlineData("DayOfWeek")]
    [InlineData("Guid")]
    [InlineData("List<float>")]
    [InlineData("char")]
    [InlineData("object")]
    [InlineData("DateOnly")]
    [InlineData("Half")]
    [InlineData("nint")]
    [InlineData("Uri")]
    [InlineData("float?[]")]
    [InlineData("decimal[]")]
    [InlineData("DayOfWeek[]")]
    [InlineData("float[][]")]
    public async Task A_type_that_no_column_has_is_an_error(string type)
    {
        await Rule.Says(Around($"[LoadColumn(0)] public {type} X {{ get; set; }}", $"[!{FromEnumerable}!]"));
        await Rule.Says(Around($"[LoadColumn(0)] public {type} X;", $"[!{FromText}!]"));
    }

    [Theory]
    [InlineData("float")]
    [InlineData("ulong")]
    [InlineData("string")]
    [InlineData("bool")]
    [InlineData("DateTime")]
    [InlineData("DateTimeOffset")]
    [InlineData("TimeSpan")]
    [InlineData("DataViewRowId")]
    [InlineData("ReadOnlyMemory<char>")]
    [InlineData("VBuffer<float>")]
    [InlineData("float[]")]
    [InlineData("float[,]")]
    [InlineData("string[]")]
    [InlineData("Own")]
    public Task A_type_of_a_column_or_of_ones_own_is_quiet(string type) =>
        Rule.Says(Around($"public {type} X {{ get; set; }}", FromEnumerable));

    [Theory]
    [InlineData("[NoColumn] public decimal X { get; set; }", FromEnumerable)]
    [InlineData("[Registered] public decimal X { get; set; }", FromEnumerable)]
    [InlineData("public static decimal X { get; set; }", FromEnumerable)]
    [InlineData("private decimal X { get; set; }", FromEnumerable)]
    [InlineData("public decimal this[int at] => at;", FromEnumerable)]
    [InlineData("public decimal X { get; set; }", FromText)]
    [InlineData("public decimal X { get; set; }", "ml.Data.LoadFromEnumerable(new List<Row>(), schema)")]
    [InlineData("public decimal X { get; set; }", "new List<Row>()")]
    public Task A_member_that_is_not_read_is_quiet(string member, string use) => Rule.Says(Around(member, use));

    [Theory]
    [InlineData("float?", FromEnumerable, "'LoadFromEnumerable<Row>' throws, because 'Row.X' is of the type 'float?', which no column can have. Make it 'float' with NaN for missing, or mark it [NoColumn].")]
    [InlineData("DayOfWeek", FromText, "'LoadFromTextFile<Row>' throws, because 'Row.X' is of the type 'DayOfWeek', which no column can have. Make it 'string'.")]
    [InlineData("Guid", FromText, "'LoadFromTextFile<Row>' throws, because 'Row.X' is of the type 'Guid', which no column can have. Make it a number, bool, string, DateTime, or an array of these.")]
    public async Task The_message_names_the_call_the_member_and_the_remedy(string type, string use, string message)
    {
        var code = new Code((Code.FileName, Around($"[LoadColumn(0)] public {type} X {{ get; set; }}", use)));

        var finding = Assert.Single(await code.Findings<UnsupportedMemberAnalyzer>());

        Assert.Equal(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Data.LoadFromEnumerable(", "ml.Data.LoadFromEnumerable<Row>(", "ml.Data.LoadFromEnumerable<Nothing>(null)" })
        {
            await new Code((Code.FileName, Around("public Nothing? X { get; set; } public List< Y;", broken))) { MayBeBroken = true }
                .Findings<UnsupportedMemberAnalyzer>();
        }
    }

    private static string Around(string member, string use) =>
        $$"""
        class Own { }
        sealed class RegisteredAttribute : DataViewTypeAttribute
        {
            public override void Register() { }
            public override bool Equals(DataViewTypeAttribute other) => false;
        }
        class Row { [LoadColumn(1)] public float Y { get; set; } {{member}} }
        class C { object M(MLContext ml, SchemaDefinition schema) => {{use}}; }
        """;
}
