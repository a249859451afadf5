using System.Globalization;
using System.Xml.Linq;
using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tests.Catalogue;
using MlOps.Build.Analyzers.Tests.Harness;

namespace MlOps.Build.Analyzers.Tests.Serving;

public sealed class TrimmedProgramTests
{
    private const string Load = "ml.Model.Load(\"m.zip\", out _)";
    private const string Trimmed = "PublishTrimmed = true";

    [Theory]
    [InlineData(Trimmed, $"var m = [|{Load}|];")]
    [InlineData(Trimmed, "var m = [|ml.Model.Load(stream, out var schema)|];")]
    [InlineData(Trimmed, "var m = [|ml.Model.LoadWithDataLoader(stream, out var loader)|];")]
    [InlineData(Trimmed, "var d = [|ml.Data.LoadFromEnumerable(rows)|];")]
    [InlineData(Trimmed, $"System.Func<ITransformer> f = () => [|{Load}|];")]
    [InlineData("PublishTrimmed = True", $"var m = [|{Load}|];")]
    [InlineData("PublishAot = true", $"var m = [|{Load}|];")]
    [InlineData("PublishTrimmed = true\nbuild_property.TrimMode = full", $"var m = [|{Load}|];")]
    [InlineData("PublishTrimmed = true\nbuild_property.TrimMode = ", $"var m = [|{Load}|];")]
    [InlineData("PublishAot = true\nbuild_property.PublishTrimmed = true\nbuild_property.TrimMode = partial", $"var m = [|{Load}|];")]
    public Task What_reflects_in_a_trimmed_program_is_a_warning(string project, string body) => Expect(project, body);

    [Theory]
    [InlineData("PublishTrimmed = false", $"var m = {Load};")]
    [InlineData("PublishTrimmed = ", $"var m = {Load};")]
    [InlineData("PublishAot = false\nbuild_property.PublishTrimmed = false", $"var m = {Load};")]
    [InlineData("PublishTrimmed = true\nbuild_property.TrimMode = partial", $"var m = {Load};")]
    [InlineData("PublishTrimmed = true\nbuild_property.TrimMode = Partial", $"var m = {Load};")]
    [InlineData("PublishSingleFile = true", $"var m = {Load};")]
    [InlineData(Trimmed, "var own = new Own(); own.Load(\"m.zip\");")]
    [InlineData(Trimmed, "ml.Model.Save(model, data.Schema, \"m.zip\");")]
    [InlineData(Trimmed, "var s = ml.Data.TrainTestSplit(data);")]
    public Task What_keeps_its_parts_is_quiet(string project, string body) => Expect(project, body);

    [Fact]
    public Task A_project_with_tests_is_quiet() => Expect(Trimmed, $"var m = {Load};", "namespace Xunit { class FactAttribute : System.Attribute; }");

    [Fact]
    public async Task Nothing_is_said_without_the_property() =>
        Assert.Empty(await new Code((Code.FileName, Around($"var m = {Load};", string.Empty))).Findings<TrimmedProgramAnalyzer>());

    [Theory]
    [InlineData("var m = ml.Model.Load(")]
    [InlineData("ml.Data.LoadFromEnumerable(")]
    [InlineData("ml.Model.")]
    public async Task Code_that_is_being_typed_does_no_harm(string body)
    {
        var code = new Code((Code.FileName, Around(body, string.Empty))) { MayBeBroken = true };

        Assert.All(await Project(code, Trimmed).Findings<TrimmedProgramAnalyzer>(), finding => Assert.Equal("MLOPS4007", finding.Id));
    }

    [Theory]
    [InlineData(
        Trimmed,
        "'Load' fails once this project is published with PublishTrimmed: what ML.NET looks up by reflection is no longer there. Add <TrimMode>partial</TrimMode> to the project.")]
    [InlineData(
        "PublishAot = true",
        "'Load' fails once this project is published with PublishAot: what ML.NET looks up by reflection is no longer there. Publish it without.")]
    public async Task The_message_names_the_call_the_property_and_the_remedy(string project, string message)
    {
        var finding = Assert.Single(await Project(new Code((Code.FileName, Around($"var m = {Load};", string.Empty))), project).Findings<TrimmedProgramAnalyzer>());

        Assert.Equal(message, finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_package_lets_the_compiler_see_what_the_rule_asks_for()
    {
        var props = XDocument.Load(Path.Combine(Repository.Root, "analyzers", "MlOps.Build.Analyzers.CodeFixes", "buildTransitive", "MlOps.Build.Analyzers.props"));
        var seen = props.Descendants("CompilerVisibleProperty").Select(property => (string)property.Attribute("Include")!);

        Assert.Superset(new HashSet<string> { "PublishAot", "PublishTrimmed", "TrimMode" }, seen.ToHashSet());
    }

    private static async Task Expect(string project, string body, string more = "")
    {
        var markup = Markup.Read(Around(body, more));
        await Rule<TrimmedProgramAnalyzer, CodeFixes.Serving.SharedModelDisposedFix>.Expect(markup, Project(new Code((Code.FileName, markup.Text)), project));
    }

    private static Code Project(Code code, string properties) => code.With("/repo/.globalconfig", $"is_global = true\nbuild_property.{properties}\n");

    private static string Around(string body, string more) =>
        $$"""
        class In { public float A { get; set; } }
        class Own { public void Load(string path) { } }
        class C
        {
            void M(MLContext ml, System.IO.Stream stream, ITransformer model, IDataView data, In[] rows)
            {
                {{body}}
            }
        }
        {{more}}
        """;
}
