using MlOps.Build.Analyzers.Security;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Security.FixedPathAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Security.FixedPathFix>;

namespace MlOps.Build.Analyzers.Tests.Security;

public sealed class FixedPathTests
{
    [Theory]
    [InlineData("ml.Model.Load({?@\"C:\\models\\m.zip\"?}, out _);")]
    [InlineData("ml.Model.Load({?\"d:/m.zip\"?}, out _);")]
    [InlineData("ml.Model.Load({?\"/home/anna/m.zip\"?}, out _);")]
    [InlineData("ml.Model.Load({?@\"\\\\server\\share\\m.zip\"?}, out _);")]
    [InlineData("ml.Model.LoadWithDataLoader({?\"../m.zip\"?}, out _);")]
    [InlineData("ml.Model.Save(null, (DataViewSchema)null, {?\"../../m.zip\"?});")]
    [InlineData("ml.Data.LoadFromTextFile<C>({?\"../../../../Data/a.csv\"?}, ',');")]
    [InlineData("ml.Data.LoadFromTextFile({?\"data/../../a.csv\"?}, new TextLoader.Options());")]
    [InlineData("ml.Data.LoadFromBinary({?\"/a.idv\"?});")]
    [InlineData("ml.Data.LoadFromSvmLightFile({?\"/a.svm\"?});")]
    [InlineData("loader.Load(\"a.csv\", {?\"../b.csv\"?});")]
    [InlineData("new MultiFileSource({?\"../a.csv\"?}, \"b.csv\").ToString();")]
    [InlineData("new MultiFileSource([{?\"../a.csv\"?}]).ToString();")]
    [InlineData("var path = \"../a.idv\"; ml.Data.LoadFromBinary({?path?});")]
    [InlineData("ml.Data.LoadFromBinary({?Kept?});")]
    public Task A_path_of_one_machine_or_upwards_is_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("ml.Model.Load(\"models/m.zip\", out _);")]
    [InlineData("ml.Model.Load(\"a..b/m.zip\", out _);")]
    [InlineData("ml.Model.Load(\"./m.zip\", out _);")]
    [InlineData("ml.Model.Load(\"\", out _);")]
    [InlineData("ml.Model.Load(given, out _);")]
    [InlineData("ml.Model.Load(System.IO.Path.Combine(AppContext.BaseDirectory, \"..\", \"m.zip\"), out _);")]
    [InlineData("ml.Model.Load(System.IO.File.OpenRead(\"/m.zip\"), out _);")]
    [InlineData("System.IO.File.ReadAllText(\"../a.csv\");")]
    [InlineData("ml.Transforms.Concatenate(\"/Features\", \"../a\");")]
    public Task A_path_below_or_one_from_elsewhere_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("/m.zip", "is a place on one machine")]
    [InlineData("../m.zip", "climbs out of the folder that the program happens to start in")]
    public async Task The_message_names_the_path_the_fault_and_the_remedy(string path, string fault)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around($"ml.Model.Load(\"{path}\", out _);"))).Findings<FixedPathAnalyzer>());

        Assert.Equal(
            $"'{path}' {fault}. Read the path from configuration, or start it at AppContext.BaseDirectory.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("@\"C:\\models\\m.zip\"", "\"models\", \"m.zip\"")]
    [InlineData("@\"C:\\Users\\anna\\source\\repos\\Houses\\models\\m.zip\"", "\"models\", \"m.zip\"")]
    [InlineData("\"../../../../Data/a.csv\"", "\"Data\", \"a.csv\"")]
    [InlineData("\"/a.csv\"", "\"a.csv\"")]
    public Task The_fix_starts_at_the_folder_of_the_program(string before, string after) => Rule.Mends(
        "using System.IO;\n" + Around($"// one\nml.Model.Load(/* two */ {{?{before}?}}, out _); // three\nml.Data.LoadFromBinary({{?{before}?}});"),
        "using System.IO;\n" + Around(
            $"// one\nml.Model.Load(/* two */ Path.Combine(AppContext.BaseDirectory, {after}), out _); // three\n"
            + $"ml.Data.LoadFromBinary(Path.Combine(AppContext.BaseDirectory, {after}));"));

    [Fact]
    public Task The_fix_adds_the_usings_that_it_needs() => Official<FixedPathAnalyzer, CodeFixes.Security.FixedPathFix>.Mends(
        "using Microsoft.ML;\n\nclass C { void M(MLContext ml) => ml.Model.Load([|\"/m.zip\"|], out _); }\n",
        "using Microsoft.ML;\nusing System;\nusing System.IO;\n\n"
        + "class C { void M(MLContext ml) => ml.Model.Load(Path.Combine(AppContext.BaseDirectory, \"m.zip\"), out _); }\n");

    [Theory]
    [InlineData("var path = \"../a.idv\"; ml.Data.LoadFromBinary({?path?});")]
    [InlineData("ml.Data.LoadFromBinary({?Kept?});")]
    [InlineData("ml.Data.LoadFromBinary({?\"..\"?});")]
    [InlineData("string Path = \"\"; ml.Data.LoadFromBinary({?\"../\" + \"a.idv\"?});")]
    public Task No_fix_is_offered_where_the_path_is_not_written_at_the_call(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Model.Load(\"/", "ml.Model.Load(\"..\"", "new MultiFileSource(\"/\",", "var p = p; ml.Data.LoadFromBinary(p" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<FixedPathAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class C
        {
            const string Kept = "/a.idv";

            void M(MLContext ml, string given, TextLoader loader)
            {
                {{body}}
            }
        }
        """;
}
