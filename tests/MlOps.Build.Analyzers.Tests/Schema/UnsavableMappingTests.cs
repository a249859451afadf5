using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.UnsavableMappingAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.MissingLoadColumnFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class UnsavableMappingTests
{
    private const string Save = "ml.Model.Save(model, data.Schema, \"m.zip\");";
    private const string Factory = """
        [Microsoft.ML.Transforms.CustomMappingFactoryAttribute("Days")]
        class Days : Microsoft.ML.Transforms.CustomMappingFactory<In, Out> { public override Action<In, Out> GetMapping() => (i, o) => o.Y = i.X; }
        """;

    [Theory]
    [InlineData("var model = [|ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, null)|].Fit(data);")]
    [InlineData("var model = [|ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, contractName: null)|].Append(ml.Transforms.CopyColumns(\"A\", \"Y\")).Fit(data);")]
    [InlineData("var p = ml.Transforms.CopyColumns(\"A\", \"X\").Append([|ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, null)|]); var model = p.Fit(data);")]
    [InlineData("var model = [|ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"None\")|].Fit(data);")]
    [InlineData("var k = data.Schema.Count; var model = [|ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X * k, \"Days\")|].Fit(data);")]
    public Task A_mapping_that_a_program_saves_is_a_warning(string body) =>
        Rule.SaysOfProgram(Around(body + Save) + Factory);

    [Theory]
    [InlineData("var model = {?ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"None\")?}.Fit(data);" + Save)]
    [InlineData("var p = {?ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"days\")?};")]
    public Task A_name_whose_factory_another_program_may_have_is_an_information(string body) => Rule.Says(Around(body) + Factory);

    [Fact]
    public Task Where_no_saving_is_seen_a_program_gets_an_information_too() =>
        Rule.SaysOfProgram(Around("var p = {?ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"None\")?};"));

    [Theory]
    [InlineData("var model = ml.Transforms.CustomMapping<In, Out>(new Days().GetMapping(), \"Days\").Fit(data);" + Save)]
    [InlineData("var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, \"Days\").Fit(data);" + Save)]
    [InlineData("var model = ml.Transforms.CustomMapping<In, Out>((i, o) => { var k = 2; o.Y = i.X * k; }, \"Days\").Fit(data);" + Save)]
    [InlineData("const int k = 2; var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X * k, \"Days\").Fit(data);" + Save)]
    [InlineData("var k = data.Schema.Count; var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X * k, \"Days\").Fit(data);")]
    [InlineData("var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, null).Fit(data);")]
    [InlineData("var other = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, null); var model = ml.Transforms.CopyColumns(\"A\", \"X\").Fit(data);" + Save)]
    [InlineData("var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, name).Fit(data);" + Save)]
    [InlineData("ml.Data.FilterByCustomPredicate<In>(data, i => i.X > 0);")]
    public Task A_mapping_with_a_factory_or_one_that_stays_here_is_quiet(string body) => Rule.SaysOfProgram(Around(body) + Factory);

    [Theory]
    [InlineData("null", "The mapping has no contract name, so saving the model throws. Name one, and mark a CustomMappingFactory with it.")]
    [InlineData(
        "\"None\"",
        "No CustomMappingFactory is marked with the contract name 'None', so the saved model cannot be loaded. "
            + "Write one with [CustomMappingFactoryAttribute(\"None\")] and pass its GetMapping().")]
    public async Task The_message_names_the_contract_and_the_remedy(string name, string expected)
    {
        var code = Around($"var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = i.X, {name}).Fit(data); {Save}");

        var finding = Assert.Single(await new Code((Code.FileName, code)).Findings<UnsavableMappingAnalyzer>());

        Assert.Equal(expected, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Transforms.CustomMapping<In, Out>(", "var model = ml.Transforms.CustomMapping<In, Out>((i, o) => o.Y = , \"Days\").Fit(data);" + Save, "var model = ml.Transforms.CustomMapping((i, o) => k, null).Fit(; ml.Model.Save(model" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<UnsavableMappingAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class In { public float X { get; set; } }
        class Out { public float Y { get; set; } }

        class C
        {
            static void Main() { }

            void M(MLContext ml, IDataView data, string name)
            {
                {{body}}
            }
        }

        """;
}
