using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.CsvReadWithTabsAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.CsvReadWithTabsFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class CsvReadWithTabsTests
{
    private const string CommaOnly = "MLOPS2008-comma";
    private const string Everything = "MLOPS2008-comma-header-quotes";

    [Theory]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(\"people.csv\")|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(\"data/People.CSV\", hasHeader: true)|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(path: \"people.csv\")|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(Path.Combine(folder, \"people.csv\"))|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(Path.Combine(\"a\", \"b\", \"c\", \"d\", \"people.csv\"))|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>($\"{folder}/people.csv\")|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(folder + \"/people.csv\")|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(Name)|]")]
    [InlineData("[|ml.Data.LoadFromTextFile(\"people.csv\", new[] { new TextLoader.Column(\"A\", DataKind.Single, 0) })|]")]
    [InlineData("[|ml.Data.LoadFromTextFile<Row>(\"people.csv\", new TextLoader.Options { HasHeader = true })|]")]
    public Task A_csv_without_a_separator_is_a_warning(string load) => Rule.Says(Around(load));

    [Theory]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.tsv\")")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.csv.txt\")")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(folder)")]
    [InlineData("ml.Data.LoadFromTextFile<Row>($\"people.csv{folder}\")")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(Path.Combine(\"people.csv\", folder))")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.csv\", ',')")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.csv\", separatorChar: ';')")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.csv\", separatorChar: '\\t')")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.csv\", new TextLoader.Options { Separators = new[] { ',' } })")]
    [InlineData("ml.Data.LoadFromTextFile<Row>(\"people.csv\", options)")]
    [InlineData("ml.Data.LoadFromTextFile<TextRow>(\"people.csv\", separatorChar: ',', allowQuoting: true)")]
    [InlineData("ml.Data.LoadFromTextFile<TextRow>(\"people.csv\", separatorChar: ',', allowQuoting: false)")]
    [InlineData("ml.Data.LoadFromBinary(\"people.csv\")")]
    public Task A_stated_separator_or_another_file_is_quiet(string load) => Rule.Says(Around(load));

    [Fact]
    public Task Text_read_without_quoting_is_an_information() =>
        Rule.Says(Around("{?ml.Data.LoadFromTextFile<TextRow>(\"people.csv\", separatorChar: ',')?}"));

    [Fact]
    public async Task The_message_names_the_file_the_effect_and_the_remedy()
    {
        var code = new Code((Code.FileName, Around("ml.Data.LoadFromTextFile<Row>(Path.Combine(folder, \"people.csv\"))")));

        var finding = Assert.Single(await code.Findings<CsvReadWithTabsAnalyzer>());

        Assert.Equal(
            "'people.csv' is split at tabs, so each row becomes one cell and the rest turns into NaN, 0 or nothing without an error. "
            + "Pass separatorChar: ','.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("(\"people.csv\")", "(\"people.csv\", separatorChar: ',')", CommaOnly)]
    [InlineData("(\"people.csv\", hasHeader: true)", "(\"people.csv\", hasHeader: true, separatorChar: ',')", CommaOnly)]
    [InlineData("(\"people.csv\")", "(\"people.csv\", separatorChar: ',', hasHeader: true, allowQuoting: true)", Everything)]
    [InlineData("(\"people.csv\", hasHeader: false)", "(\"people.csv\", hasHeader: false, separatorChar: ',', allowQuoting: true)", Everything)]
    public Task The_fix_says_how_the_file_is_written(string before, string after, string variant) => Rule.Mends(
        Around($"[|ml.Data.LoadFromTextFile<Row>{before}|]"), Around($"ml.Data.LoadFromTextFile<Row>{after}"), variant: variant);

    [Fact]
    public Task The_fix_respects_quotes() => Rule.Mends(
        Around("{?ml.Data.LoadFromTextFile<TextRow>(\"people.csv\", ',')?}"),
        Around("ml.Data.LoadFromTextFile<TextRow>(\"people.csv\", ',', allowQuoting: true)"));

    [Fact]
    public Task Two_loads_are_mended_at_once() => Rule.Mends(
        Around("new[] { [|ml.Data.LoadFromTextFile<Row>(\"a.csv\")|], [|ml.Data.LoadFromTextFile<Row>(\"b.csv\")|] }"),
        Around("new[] { ml.Data.LoadFromTextFile<Row>(\"a.csv\", separatorChar: ','), "
            + "ml.Data.LoadFromTextFile<Row>(\"b.csv\", separatorChar: ',') }"),
        variant: CommaOnly);

    [Fact]
    public Task An_options_object_is_left_to_the_developer() =>
        Rule.HasNoFixFor(Around("[|ml.Data.LoadFromTextFile<Row>(\"people.csv\", new TextLoader.Options())|]"));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Data.LoadFromTextFile<", "ml.Data.LoadFromTextFile<Row>(", "ml.Data.LoadFromTextFile<Row>(\"a.csv\", sep" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<CsvReadWithTabsAnalyzer>();
        }
    }

    private static string Around(string load) =>
        $$"""
        using System.IO;

        class Row { [LoadColumn(0)] public float Age { get; set; } }

        class TextRow { [LoadColumn(0)] public string Name { get; set; } }

        class C
        {
            private const string Name = "people" + ".csv";

            object M(MLContext ml, string folder, TextLoader.Options options) => {{load}};
        }
        """;
}
