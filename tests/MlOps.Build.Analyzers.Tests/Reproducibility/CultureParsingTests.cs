using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Reproducibility.CultureParsingAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Reproducibility.CultureParsingFix>;

namespace MlOps.Build.Analyzers.Tests.Reproducibility;

public sealed class CultureParsingTests
{
    private const string Load = "ml.Data.LoadFromEnumerable(new List<Row>());";

    [Theory]
    [InlineData("new Row { X = [|float.Parse(s)|] }")]
    [InlineData("new Row { X = [|float.Parse(s.AsSpan())|] }")]
    [InlineData("new Row { X = [|float.Parse(s, System.Globalization.NumberStyles.Float)|] }")]
    [InlineData("new Row { X = [|float.Parse(s, (IFormatProvider)null)|] }")]
    [InlineData("new Row { X = (float)[|double.Parse(s)|] / 2 }")]
    [InlineData("new Row { X = (float)Math.Log([|Convert.ToDouble(s)|]) }")]
    [InlineData("new Row { When = [|DateTime.Parse(s)|] }")]
    [InlineData("new Row { When = [|DateTime.ParseExact(s, \"d\", null)|] }")]
    [InlineData("new Row { X = [|float.TryParse(s, out var x)|] ? x : float.NaN }")]
    [InlineData("[|float.TryParse(s, out row.Field)|]")]
    [InlineData("new Row { Xs = s.Split(',').Select([|float.Parse|]).ToArray() }")]
    [InlineData("new Row { Xs = new[] { [|float.Parse(s)|], s == null ? 0 : -[|float.Parse(s)|] } }")]
    [InlineData("new Row([|float.Parse(s)|])")]
    [InlineData("row.X = [|float.Parse(s)|]")]
    [InlineData("s.Split(',').Select(part => new Row { X = [|float.Parse(part)|] })")]
    public Task A_row_that_is_filled_by_culture_is_a_warning(string value) => Rule.Says(Around($"_ = {value}; {Load}"));

    [Fact]
    public Task A_value_is_followed_through_a_local() =>
        Rule.Says(Around($"var x = [|float.Parse(s)|]; var y = x * 2; var r = new Row {{ X = y }}; {Load}"));

    [Theory]
    [InlineData("new Row { X = float.Parse(s, System.Globalization.CultureInfo.InvariantCulture) }")]
    [InlineData("new Row { X = float.Parse(s, System.Globalization.CultureInfo.CurrentCulture) }")]
    [InlineData("new Row { X = float.Parse(s, provider) }")]
    [InlineData("new Row { X = int.Parse(s) }")]
    [InlineData("new Row { X = float.Parse(s) > 0 ? 1 : 0 }.X > 0 ? float.Parse(s) : 0", true)]
    [InlineData("new Other { X = float.Parse(s) }")]
    [InlineData("float.Parse(s)")]
    [InlineData("new Row { X = Convert.ToSingle(row) }")]
    [InlineData("new Row { When = DateTime.ParseExact(s, \"O\", null) }")]
    [InlineData("new Row { When = DateTime.ParseExact(s, \"s\", provider: null, System.Globalization.DateTimeStyles.None) }")]
    public Task A_culture_another_type_or_another_place_is_quiet(string value, bool isInCondition = false) =>
        isInCondition
            ? Rule.Says(Around($"if (float.Parse(s) > 0) {{ row.X = 1; }} {Load}"))
            : Rule.Says(Around($"_ = {value}; {Load}"));

    [Fact]
    public Task A_class_that_is_never_loaded_is_quiet() => Rule.Says(Around("_ = new Row { X = float.Parse(s) };"));

    [Fact]
    public Task The_class_may_be_loaded_in_another_type() => Rule.Says(
        Around("_ = new Row { X = [|float.Parse(s)|] };") + "\nclass Loader { object M(MLContext ml, Row[] r) => ml.Data.LoadFromEnumerable(r); }");

    [Fact]
    public Task The_entry_point_of_a_training_is_held_to_it_altogether() => Rule.Says(
        """
        namespace MlOps.Build.Annotations { class TrainingEntryPointAttribute : Attribute; }
        class C
        {
            [MlOps.Build.Annotations.TrainingEntryPoint] float M(string s) => [|float.Parse(s)|];
            float N(string s) => float.Parse(s);
        }
        """);

    [Theory]
    [InlineData("warning", 0)]
    [InlineData("suggestion", 0)]
    [InlineData("none", 1)]
    [InlineData("silent", 1)]
    public async Task Where_CA1305_is_on_it_speaks_instead(string severity, int expected)
    {
        var code = new Code((Code.FileName, Around($"_ = new Row {{ X = float.Parse(s) }}; {Load}")))
            .With("/repo/.editorconfig", $"root = true\n[*.cs]\ndotnet_diagnostic.CA1305.severity = {severity}\n");

        Assert.Equal(expected, (await code.Findings<CultureParsingAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;", 0)]
    [InlineData("System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;", 0)]
    [InlineData("System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InstalledUICulture;", 1)]
    [InlineData("_ = System.Globalization.CultureInfo.InvariantCulture;", 1)]
    public async Task A_program_that_sets_the_invariant_culture_is_quiet(string beginning, int expected)
    {
        var code = new Code(
            (Code.FileName, Around($"_ = new Row {{ X = float.Parse(s) }}; {Load}")),
            ("/repo/project/Begin.cs", "class Begin { static void Main() { " + beginning + " } }"));

        Assert.Equal(expected, (await code.Findings<CultureParsingAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    [InlineData("", 1)]
    public async Task A_project_without_cultures_is_quiet(string invariant, int expected)
    {
        var code = new Code((Code.FileName, Around($"_ = new Row {{ X = float.Parse(s) }}; {Load}")))
            .With("/repo/.globalconfig", $"is_global = true\nbuild_property.InvariantGlobalization = {invariant}\n");

        Assert.Equal(expected, (await code.Findings<CultureParsingAnalyzer>()).Length);
    }

    [Fact]
    public async Task The_message_names_the_call_the_harm_and_the_remedy()
    {
        var finding = Assert.Single(
            await new Code((Code.FileName, Around($"_ = new Row {{ X = float.Parse(s) }}; {Load}"))).Findings<CultureParsingAnalyzer>());

        Assert.Equal(
            "'float.Parse' reads text by the culture of the machine, so the same file gives other rows elsewhere: '0.5' is 5 in German. "
            + "Pass CultureInfo.InvariantCulture.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("float.Parse(s)", "float.Parse(s, CultureInfo.InvariantCulture)")]
    [InlineData("float.Parse(s.AsSpan())", "float.Parse(s.AsSpan(), provider: CultureInfo.InvariantCulture)")]
    [InlineData("float.Parse(/* a */ s /* b */)", "float.Parse(/* a */ s, CultureInfo.InvariantCulture /* b */)")]
    [InlineData("float.Parse(s: s)", "float.Parse(s: s, provider: CultureInfo.InvariantCulture)")]
    [InlineData("float.Parse(s, null)", "float.Parse(s, CultureInfo.InvariantCulture)")]
    [InlineData("(float)Convert.ToDouble(s)", "(float)Convert.ToDouble(s, CultureInfo.InvariantCulture)")]
    [InlineData("(float.TryParse(s, out var x)) ? x : 0", "(float.TryParse(s, CultureInfo.InvariantCulture, out var x)) ? x : 0")]
    public Task The_fix_passes_the_invariant_culture(string before, string after) => Rule.Mends(
        "using System.Text;\n\n" + Around($"_ = new Row {{ X = {Marked(before)} }}; // one\n{Load}\nif (s != null) {{ row.X = {Marked(before).Replace("var x", "var y", StringComparison.Ordinal).Replace("? x", "? y", StringComparison.Ordinal)}; }}"),
        "using System.Text;\nusing System.Globalization;\n\n" + Around($"_ = new Row {{ X = {after} }}; // one\n{Load}\nif (s != null) {{ row.X = {after.Replace("var x", "var y", StringComparison.Ordinal).Replace("? x", "? y", StringComparison.Ordinal)}; }}"));

    [Fact]
    public Task A_method_that_is_handed_on_has_no_fix() =>
        Rule.HasNoFixFor(Around($"_ = new Row {{ Xs = s.Split(',').Select([|float.Parse|]).ToArray() }}; {Load}"));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { $"_ = new Row {{ X = float.Parse( }}; {Load}", $"var x = float.Parse(x); _ = new Row {{ X = x }}; {Load}", "float.TryParse(s, out ); ml.Data.LoadFromEnumerable(" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<CultureParsingAnalyzer>();
        }
    }

    private static string Marked(string value)
    {
        var start = value.IndexOf("float.", StringComparison.Ordinal) is >= 0 and var at ? at : value.IndexOf("Convert", StringComparison.Ordinal);
        var end = value.StartsWith('(') && start == 1 ? value.IndexOf(") ?", StringComparison.Ordinal) : value.Length;
        return value[..start] + "[|" + value[start..end] + "|]" + value[end..];
    }

    private static string Around(string body) =>
        $$"""
        class Row
        {
            public Row(float x = 0) => X = x;
            public float X { get; set; }
            public float[] Xs { get; set; }
            public DateTime When { get; set; }
            public float Field;
        }

        class Other { public float X { get; set; } }

        class C
        {
            void M(MLContext ml, string s, Row row, IFormatProvider provider)
            {
                {{body}}
            }
        }
        """;
}
