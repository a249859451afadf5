using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.MissingReadAsZeroAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.MissingReadAsZeroFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class MissingReadAsZeroTests
{
    private const string Load = "ml.Data.LoadFromTextFile<Row>(\"a.tsv\")";
    private const string Hit = "[|" + Load + "|]";

    [Theory]
    [InlineData($"var data = {Hit}; _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    [InlineData($"_ = ml.Data.FilterRowsByMissingValues({Hit}, \"Name\", \"Age\");")]
    [InlineData($"var data = {Hit}; _ = ml.Transforms.ReplaceMissingValues(\"Age\", replacementMode: Mean).Fit(data);")]
    [InlineData($"var data = {Hit}; _ = ml.Transforms.IndicateMissingValues(\"Gone\", \"Age\").Fit(data);")]
    [InlineData($"var data = {Hit}; _ = ml.Transforms.ReplaceMissingValues(\"Areas\", replacementMode: Mean).Fit(data);")]
    [InlineData($"var data = {Hit}; _ = ml.Transforms.ReplaceMissingValues(\"Renamed\", replacementMode: Mean).Fit(data);")]
    [InlineData($"var data = {Hit}; var s = ml.Data.TrainTestSplit(data); _ = ml.Transforms.ReplaceMissingValues(\"Age\", replacementMode: Mean).Fit(s.TrainSet);")]
    [InlineData($"var data = ml.Data.Cache({Hit}); var p = ml.Transforms.CopyColumns(\"A\", \"Age\").Append(ml.Transforms.ReplaceMissingValues(\"Age\", replacementMode: Mean)); _ = p.Fit(data);")]
    [InlineData("var loader = [|ml.Data.CreateTextLoader<Row>()|]; var data = loader.Load(\"a.tsv\"); _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    [InlineData("var data = [|ml.Data.LoadFromTextFile<Row>(\"a\", new TextLoader.Options { HasHeader = true })|]; _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    public Task A_step_for_missing_values_behind_a_plain_load_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"var data = {Load}; _ = ml.Transforms.CopyColumns(\"A\", \"Age\").Fit(data);")]
    [InlineData($"var data = {Load}; _ = ml.Data.FilterRowsByMissingValues(other, \"Age\");")]
    [InlineData($"var data = {Load}; _ = ml.Data.FilterRowsByMissingValues(data, \"Name\");")]
    [InlineData($"var data = {Load}; _ = ml.Data.FilterRowsByMissingValues(data, \"Made\");")]
    [InlineData($"var data = {Load}; _ = ml.Data.FilterRowsByMissingValues(data, unknown);")]
    [InlineData($"var data = {Load}; data = other; _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    [InlineData($"var data = {Load}; _ = ml.Transforms.ReplaceMissingValues(\"Age\").Fit(data);")]
    [InlineData($"var data = {Load}; _ = ml.Transforms.ReplaceMissingValues(\"Age\", replacementMode: Mean).Fit(other);")]
    [InlineData($"var data = {Load}; var p = ml.Transforms.ReplaceMissingValues(\"Age\"); _ = ml.Transforms.CopyColumns(\"A\", \"Age\").Fit(data);")]
    [InlineData($"var data = {Load}; _ = ml.Transforms.CustomMapping<Row, Row>((i, o) => o.Age = float.NaN, \"n\").Append(ml.Transforms.ReplaceMissingValues(\"Age\")).Fit(data);")]
    [InlineData("var data = ml.Data.LoadFromTextFile<Row>(\"a\", new TextLoader.Options { MissingRealsAsNaNs = true }); _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    [InlineData("var data = ml.Data.LoadFromTextFile<Row>(\"a\", options); _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    [InlineData("var data = ml.Data.LoadFromEnumerable(new Row[0]); _ = ml.Data.FilterRowsByMissingValues(data, \"Age\");")]
    public Task Another_load_or_another_column_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_load_the_column_the_step_and_the_remedy()
    {
        var code = new Code((Code.FileName, Around($"_ = ml.Data.FilterRowsByMissingValues({Load}, \"Age\");")));

        var finding = Assert.Single(await code.Findings<MissingReadAsZeroAnalyzer>());

        Assert.Equal(
            "'LoadFromTextFile' reads an empty cell of 'Age' as 0, so 'FilterRowsByMissingValues' takes it for a value. "
            + "Load with TextLoader.Options and MissingRealsAsNaNs = true.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("LoadFromTextFile<Row>(path)", "LoadFromTextFile<Row>(path, new TextLoader.Options { MissingRealsAsNaNs = true })")]
    [InlineData(
        "LoadFromTextFile<Row>(path, ',', hasHeader: true, allowQuoting: true)",
        "LoadFromTextFile<Row>(path, new TextLoader.Options { Separators = new[] { ',' }, HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true })")]
    [InlineData(
        "LoadFromTextFile<Row>(hasHeader: true, path: path)",
        "LoadFromTextFile<Row>(path: path, options: new TextLoader.Options { HasHeader = true, MissingRealsAsNaNs = true })")]
    [InlineData(
        "LoadFromTextFile<Row>(path, new TextLoader.Options { HasHeader = true })",
        "LoadFromTextFile<Row>(path, new TextLoader.Options { HasHeader = true, MissingRealsAsNaNs = true })")]
    [InlineData(
        "LoadFromTextFile<Row>(path, options: new TextLoader.Options())",
        "LoadFromTextFile<Row>(path, options: new TextLoader.Options() { MissingRealsAsNaNs = true })")]
    public Task The_fix_reads_empty_cells_as_NaN(string before, string after) => Rule.Mends(
        Around($"// one\nvar a = [|ml.Data.{before}|]; // two\n_ = ml.Data.FilterRowsByMissingValues(a, \"Age\");\n"
            + $"var b = [|ml.Data.{before}|]; _ = ml.Data.FilterRowsByMissingValues(b, \"Age\");"),
        Around($"// one\nvar a = ml.Data.{after}; // two\n_ = ml.Data.FilterRowsByMissingValues(a, \"Age\");\n"
            + $"var b = ml.Data.{after}; _ = ml.Data.FilterRowsByMissingValues(b, \"Age\");"));

    [Theory]
    [InlineData("ml.Data.LoadFromTextFile<Row>(path, ',' /* as exported */)")]
    [InlineData("ml.Data.CreateTextLoader<Row>(',', false, source).Load(path)")]
    public Task No_fix_is_offered_where_the_options_do_not_take_the_arguments(string load)
    {
        var marked = load.EndsWith(".Load(path)", StringComparison.Ordinal)
            ? "[|" + load[..^".Load(path)".Length] + "|].Load(path)"
            : "[|" + load + "|]";
        return Rule.HasNoFixFor(Around($"_ = ml.Data.FilterRowsByMissingValues({marked}, \"Age\");"));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "var d = ml.Data.LoadFromTextFile<Row>(; ml.Data.FilterRowsByMissingValues(d", "var d = d; _ = ml.Data.FilterRowsByMissingValues(d, ", $"var d = {Load}; ml.Transforms.ReplaceMissingValues().Fit(d" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<MissingReadAsZeroAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        using static Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode;

        class Row
        {
            [LoadColumn(0)] public float Age { get; set; }
            [LoadColumn(1)] public string Name { get; set; }
            [LoadColumn(2, 4)] public float[] Areas { get; set; }
            [LoadColumn(5), ColumnName("Renamed")] public double Own { get; set; }
        }

        class C
        {
            void M(MLContext ml, IDataView other, TextLoader.Options options, string unknown, string path, IMultiStreamSource source)
            {
                {{body}}
            }
        }
        """;
}
