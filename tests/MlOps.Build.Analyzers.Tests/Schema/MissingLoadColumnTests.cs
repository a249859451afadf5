using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.MissingLoadColumnAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.MissingLoadColumnFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class MissingLoadColumnTests
{
    [Theory]
    [InlineData("public float Y { get; set; }")]
    [InlineData("public float Y { get; private set; }")]
    [InlineData("public float Y { get; init; }")]
    [InlineData("public float Y => X;")]
    [InlineData("public float Y;")]
    [InlineData("public readonly float Y;")]
    [InlineData("[NoColumn] public float Y { get; set; }")]
    [InlineData("[ColumnName(\"Z\")] public float Y { get; set; }")]
    [InlineData("[LoadColumnName(\"Z\")] public float Y { get; set; }")]
    [InlineData("public List<float> Y { get; set; }")]
    public Task A_readable_member_without_a_place_is_an_error(string member) =>
        Rule.Says(Around(member, "[!ml.Data.LoadFromTextFile<Row>(\"a.tsv\")!]"));

    [Theory]
    [InlineData("[!ml.Data.LoadFromTextFile<Row>(\"a.tsv\", new TextLoader.Options())!]")]
    [InlineData("[!ml.Data.CreateTextLoader<Row>()!]")]
    [InlineData("[!ml.Data.CreateTextLoader<Row>(new TextLoader.Options())!]")]
    [InlineData("[!ml.Data.LoadFromTextFile<Derived>(\"a.tsv\")!]")]
    [InlineData("[!TextLoaderSaverCatalog.LoadFromTextFile<Row>(ml.Data, \"a.tsv\")!]")]
    public Task Every_way_to_read_text_asks_for_the_place(string load) =>
        Rule.Says(Around("public float Y { get; set; }", load));

    [Theory]
    [InlineData("[LoadColumn(1)] public float Y { get; set; }")]
    [InlineData("public static float Y { get; set; }")]
    [InlineData("public static float Y;")]
    [InlineData("public const float Y = 1;")]
    [InlineData("public float Y { set { } }")]
    [InlineData("public float Y { private get; set; }")]
    [InlineData("private float Y { get; set; }")]
    [InlineData("internal float Y { get; set; }")]
    [InlineData("protected float Y;")]
    [InlineData("public float this[int at] => at;")]
    [InlineData("public override float Own { get; set; }")]
    [InlineData("public float Y() => X;")]
    public Task A_member_that_the_loader_does_not_ask_is_quiet(string member) =>
        Rule.Says(Around(member, "ml.Data.LoadFromTextFile<Row>(\"a.tsv\")"));

    [Theory]
    [InlineData("ml.Data.LoadFromEnumerable(new Row[0])")]
    [InlineData("ml.Data.LoadFromTextFile(\"a.tsv\", new[] { new TextLoader.Column(\"A\", DataKind.Single, 0) })")]
    [InlineData("Generic<Row>(ml)")]
    [InlineData("ml.Model.CreatePredictionEngine<Row, Row>((ITransformer)null)")]
    public Task Another_use_of_the_class_is_quiet(string use) => Rule.Says(Around("public float Y { get; set; }", use));

    [Fact]
    public async Task The_message_names_the_call_the_members_and_the_remedy()
    {
        var code = new Code((Code.FileName, Around("public float Y; public float Z;", "ml.Data.LoadFromTextFile<Row>(\"a\")")));

        var finding = Assert.Single(await code.Findings<MissingLoadColumnAnalyzer>());

        Assert.Equal(
            "'LoadFromTextFile<Row>' throws before it reads a row, because [LoadColumn] is missing on 'Row.Y', 'Row.Z'. "
            + "Add it with the place in the file, or take the member out of the class.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task The_fix_takes_the_next_free_places_and_keeps_comments() => Rule.Mends(
        """
        class House
        {
            [LoadColumn(0)] public float Rooms { get; set; }
            // in dollars
            public float Price { get; set; } // asked
            [LoadColumn(2, 4)] public float[] Areas { get; set; }
            /// <summary>Where.</summary>
            [ColumnName("Town")] public string City;
        }
        class Flat
        {
            public float Floor { get; set; }
        }
        class C
        {
            object A(MLContext ml) => [!ml.Data.LoadFromTextFile<House>("a.tsv")!];
            object B(MLContext ml) => [!ml.Data.LoadFromTextFile<Flat>("a.tsv")!];
            object D(MLContext ml) => [!ml.Data.CreateTextLoader<House>()!];
        }
        """,
        """
        class House
        {
            [LoadColumn(0)] public float Rooms { get; set; }
            // in dollars
            [LoadColumn(1)] public float Price { get; set; } // asked
            [LoadColumn(2, 4)] public float[] Areas { get; set; }
            /// <summary>Where.</summary>
            [LoadColumn(5)] [ColumnName("Town")] public string City;
        }
        class Flat
        {
            [LoadColumn(0)] public float Floor { get; set; }
        }
        class C
        {
            object A(MLContext ml) => ml.Data.LoadFromTextFile<House>("a.tsv");
            object B(MLContext ml) => ml.Data.LoadFromTextFile<Flat>("a.tsv");
            object D(MLContext ml) => ml.Data.CreateTextLoader<House>();
        }
        """);

    [Fact]
    public Task The_fix_writes_on_a_line_of_its_own_where_the_neighbours_do() => Rule.Mends(
        """
        class Row
        {
            [LoadColumn(3)]
            public float X { get; set; }

            public float Y { get; set; }
        }
        record Flat([property: LoadColumn(0)] float X, float Y);
        class C
        {
            object A(MLContext ml) => [!ml.Data.LoadFromTextFile<Row>("a.tsv")!];
            object B(MLContext ml) => [!ml.Data.LoadFromTextFile<Flat>("a.tsv")!];
        }
        """,
        """
        class Row
        {
            [LoadColumn(3)]
            public float X { get; set; }

            [LoadColumn(4)]
            public float Y { get; set; }
        }
        record Flat([property: LoadColumn(0)] float X, [property: LoadColumn(1)] float Y);
        class C
        {
            object A(MLContext ml) => ml.Data.LoadFromTextFile<Row>("a.tsv");
            object B(MLContext ml) => ml.Data.LoadFromTextFile<Flat>("a.tsv");
        }
        """);

    [Fact]
    public Task The_fix_takes_no_place_twice() => Rule.Mends(
        """
        class Row { public float Y; [LoadColumn(0)] public float X; [LoadColumn(1)] public float Z; }
        class C { object A(MLContext ml) => [!ml.Data.LoadFromTextFile<Row>("a.tsv")!]; }
        """,
        """
        class Row { [LoadColumn(2)] public float Y; [LoadColumn(0)] public float X; [LoadColumn(1)] public float Z; }
        class C { object A(MLContext ml) => ml.Data.LoadFromTextFile<Row>("a.tsv"); }
        """);

    [Theory]
    [InlineData("public float Y, Z;")]
    [InlineData("public float Y; [LoadColumn(4, 1)] public float[] Z;")]
    public Task No_fix_is_offered_where_the_place_is_not_clear(string member) =>
        Rule.HasNoFixFor(Around(member, "[!ml.Data.LoadFromTextFile<Row>(\"a.tsv\")!]"));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Data.LoadFromTextFile<", "ml.Data.LoadFromTextFile<>()", "ml.Data.LoadFromTextFile<Row", "ml.Data.LoadFromTextFile<Ro>(\"a\")" })
        {
            await new Code((Code.FileName, Around("[LoadColumn(] public float Y", broken))) { MayBeBroken = true }
                .Findings<MissingLoadColumnAnalyzer>();
        }
    }

    private static string Around(string member, string load) =>
        $$"""
        class Base { [LoadColumn(7)] public virtual float Own { get; set; } }
        class Row : Base { [LoadColumn(0)] public float X { get; set; } {{member}} }
        class Derived : Row { [LoadColumn(8)] public float More { get; set; } }

        class C
        {
            object M(MLContext ml) => {{load}};
            object Generic<T>(MLContext ml) => ml.Data.LoadFromTextFile<T>("a.tsv");
        }
        """;
}
