using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.ClockInFeaturesAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.UnseededMLContextFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class ClockInFeaturesTests
{
    [Theory]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = [|DateTime.Now|].Year - i.X, \"n\");")]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = [|DateTime.UtcNow|].Year, \"n\");")]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => { if (i.X > 0) { o.Y = [|DateTimeOffset.Now|].Year; } }, \"n\");")]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = [|clock.GetUtcNow()|].Year, \"n\");")]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = new[] { 1 }.Sum(x => [|DateTime.Today|].Year), \"n\");")]
    [InlineData("Action<In, Out> map = (i, o) => o.Y = [|DateTime.Now|].Year; ml.Transforms.CustomMapping(map, \"n\");")]
    [InlineData("void Map(In i, Out o) => o.Y = [|DateTime.Now|].Year; ml.Transforms.CustomMapping<In, Out>(Map, \"n\");")]
    [InlineData("ml.Data.FilterByCustomPredicate<In>(data, i => i.X > [|DateTime.Now|].Year);")]
    public Task A_mapping_that_reads_the_clock_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var now = DateTime.Now; ml.Transforms.CopyColumns(\"A\", \"B\");")]
    [InlineData("Console.WriteLine(DateTime.Now); ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"n\");")]
    [InlineData("Action<In, Out> map = (i, o) => o.Y = DateTime.Now.Year; ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"n\");")]
    [InlineData("void Map(In i, Out o) => o.Y = DateTime.Now.Year; ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"n\");")]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = new DateTime(2020, 1, 1).Year, \"n\");")]
    [InlineData("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = Environment.TickCount64, \"n\");")]
    [InlineData("new List<In>().Select(i => DateTime.Now);")]
    public Task A_clock_elsewhere_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task A_factory_that_reads_the_clock_is_a_warning() => Rule.Says(
        """
        class In { public float X { get; set; } }
        class Out { public float Y { get; set; } }
        class F : Microsoft.ML.Transforms.CustomMappingFactory<In, Out>
        {
            public override Action<In, Out> GetMapping() => (i, o) => o.Y = [|DateTime.Now|].Year;
            public DateTime Made() => DateTime.Now;
        }
        """);

    [Theory]
    [InlineData("public float Age => [|DateTime.Now|].Year - Built;")]
    [InlineData("public float Age { get { return [|DateTime.Today|].Year; } }")]
    [InlineData("[NoColumn] public float Age => DateTime.Now.Year;")]
    [InlineData("private float Age => DateTime.Now.Year;")]
    [InlineData("public static float Age => DateTime.Now.Year;")]
    [InlineData("public float Age() => DateTime.Now.Year;")]
    [InlineData("public DateTime Made { get; } = DateTime.Now;")]
    public Task A_getter_of_a_column_must_not_read_it(string member) =>
        Rule.Says($"class Row {{ [ColumnName(\"B\")] public float Built {{ get; set; }} {member} }}");

    [Theory]
    [InlineData("[ColumnName(\"Score\")] public float Price { get; set; } public DateTime Made => DateTime.Now;")]
    [InlineData("[VectorType(3)] public float[] Score { get; set; } public DateTime Made => DateTime.Now;")]
    [InlineData("[LoadColumn(0)] public float Score { get; set; } public float Age => [|DateTime.Now|].Year;")]
    public Task The_answer_of_a_model_may(string members) => Rule.Says($"class Answer {{ {members} }}");

    [Fact]
    public Task A_class_that_is_no_row_may() => Rule.Says("class Plain { public float Age => DateTime.Now.Year; }");

    [Fact]
    public async Task The_message_names_the_feature_the_clock_and_the_remedy()
    {
        var code = new Code((Code.FileName, Around("ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = DateTime.Now.Year, \"n\");")));

        var finding = Assert.Single(await code.Findings<ClockInFeaturesAnalyzer>());

        Assert.Equal(
            "'CustomMapping' reads the clock ('DateTime.Now'), so the same row has other values at the next training and in production. "
            + "Pass the time as a column of the row.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = DateTime.Now", "void Map(In i) => DateTime.Now.; ml.Transforms.CustomMapping<In, Out>(Map" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<ClockInFeaturesAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class In { public float X { get; set; } }
        class Out { public float Y { get; set; } }

        class C
        {
            void M(MLContext ml, IDataView data, TimeProvider clock)
            {
                {{body}}
            }
        }
        """;
}
