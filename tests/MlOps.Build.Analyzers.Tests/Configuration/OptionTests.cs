using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Build.Analyzers.Configuration;
using MlOps.Build.Analyzers.Tests.Catalogue;
using MlOps.Build.Analyzers.Tests.Harness;

namespace MlOps.Build.Analyzers.Tests.Configuration;

public sealed partial class OptionTests
{
    [Theory]
    [InlineData("MLOPS1001.training_only = no", "'MLOPS1001.training_only = no' has no effect: it takes true or false, and the default stays. Write true or false.")]
    [InlineData("mlops_analyzers.training_only = 1", "'mlops_analyzers.training_only = 1' has no effect: it takes true or false, and the default stays. Write true or false.")]
    [InlineData("MLOPS1001.trainig_only = false", "'MLOPS1001.trainig_only = false' has no effect: no rule has such an option. Perhaps 'MLOPS1001.training_only' is meant.")]
    [InlineData("mlops_analyzers.exempt_folder = a", "'mlops_analyzers.exempt_folder = a' has no effect: no rule has such an option. Perhaps 'mlops_analyzers.exempt_folders' is meant.")]
    [InlineData("mlops_analyzers.colour = red", "'mlops_analyzers.colour = red' has no effect: no rule has such an option. The page of each rule lists its options.")]
    [InlineData("MLOPS2007.training_only = true", "'MLOPS2007.training_only = true' has no effect: MLOPS2007 has no such option. It is one of MLOPS1001: write 'MLOPS1001.training_only'.")]
    [InlineData("mlops_analyzers.exempt_folders =", "'mlops_analyzers.exempt_folders = ' has no effect: it takes names, separated by commas, and the default stays. Write names, separated by commas.")]
    [InlineData("MLOPS9002.model = ^[A-Z", "'MLOPS9002.model = ^[A-Z' has no effect: it takes a regular expression, and the default stays. Write a regular expression.")]
    public async Task A_wrong_option_is_named_with_its_value(string line, string message)
    {
        var finding = Assert.Single(await Findings($"root = true\n[*.cs]\n{line}\n"));

        Assert.Equal("MLOPS0001", finding.Id);
        Assert.Equal(message, finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("MLOPS1001.training_only = TRUE")]
    [InlineData("mlops1001.training_only = false ")]
    [InlineData("mlops_analyzers.require_single_thread = true")]
    [InlineData("MLOPS2007.exempt_folders = explore, notebooks")]
    [InlineData("dotnet_diagnostic.MLOPS1001.severity = error")]
    [InlineData("mlops_something.else = 1")]
    [InlineData("mlops12345.training_only = 1")]
    [InlineData("mlopsabcd.training_only = 1")]
    [InlineData("mlops = 1")]
    public async Task What_is_right_and_what_is_other_peoples_is_left_alone(string line)
        => Assert.Empty(await Findings($"root = true\n[*.cs]\n{line}\n"));

    [Fact]
    public async Task A_mistake_is_told_once_for_all_files_and_each_value_by_itself()
    {
        const string Settings = """
            root = true
            [*.cs]
            MLOPS1001.training_only = no
            [Other*.cs]
            MLOPS1001.training_only = perhaps
            """;

        var findings = await new Code(("/repo/project/A.cs", "class A;"), ("/repo/project/B.cs", "class B;"), ("/repo/project/Other1.cs", "class O;"))
            .With("/repo/project/.editorconfig", Settings)
            .Findings<OptionAnalyzer>();

        Assert.Equal(
            ["'MLOPS1001.training_only = no'", "'MLOPS1001.training_only = perhaps'"],
            findings.Select(finding => finding.GetMessage(CultureInfo.InvariantCulture)).Select(text => text[..text.IndexOf(" has", StringComparison.Ordinal)])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_global_configuration_file_is_read_as_well()
    {
        var code = new Code(("/repo/project/A.cs", "class A;")).With("/repo/.globalconfig", "is_global = true\nMLOPS1001.training_only = no\n");

        Assert.Single(await code.Findings<OptionAnalyzer>());
    }

    /// <summary>An option that a rule asks for and nobody listed would be called unknown; one that is listed and never asked for does nothing.</summary>
    [Fact]
    public void The_listed_options_are_those_that_rules_ask_for()
    {
        var folder = Path.Combine(Repository.Root, "analyzers", "MlOps.Build.Analyzers");
        var asked = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Asked.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        Assert.Equal(asked, RuleOption.All.Select(option => option.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_option_of_a_rule_stands_on_its_page_and_no_other_does()
    {
        foreach (var id in RuleCatalogue.Ids.Select(row => row.Data))
        {
            var listed = Row.Matches(Section(Repository.Read("analyzers", "rules", id + ".md")))
                .Select(match => match.Groups[1].Value)
                .Except(["exempt_folders"], StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);

            Assert.Equal(
                RuleOption.All.Where(option => option.Rule == id).Select(option => option.Name).Order(StringComparer.Ordinal), listed);
        }
    }

    [Theory]
    [InlineData("training_only", "training_only", 0)]
    [InlineData("trainig_only", "training_only", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Words_are_as_far_apart_as_letters_must_be_changed(string one, string other, int edits)
        => Assert.Equal(edits, Edits.Between(one, other));

    private static string Section(string page)
    {
        var start = page.IndexOf("\n## Options\n", StringComparison.Ordinal);
        return page[start..page.IndexOf("\n## When to suppress\n", start, StringComparison.Ordinal)];
    }

    private static Task<System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Diagnostic>> Findings(string settings)
        => new Code((Code.FileName, "class C;")).With("/repo/project/.editorconfig", settings).Findings<OptionAnalyzer>();

    /// <summary>The name of the option in a call of RulePolicy, on one line or two.</summary>
    [GeneratedRegex("""(?:Says|Text|Number)\(\s*[^"()]*?(?:"MLOPS[0-9]{4}",\s*)?"([a-z_]+)",""")]
    private static partial Regex Asked { get; }

    [GeneratedRegex("^\\| `([a-z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }
}
