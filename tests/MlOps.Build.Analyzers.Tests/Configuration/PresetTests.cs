using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using MlOps.Build.Analyzers.Tests.Catalogue;

namespace MlOps.Build.Analyzers.Tests.Configuration;

/// <summary>The presets in <c>configuration</c> name every rule. Set MLOPS_UPDATE=1 to write them anew.</summary>
public sealed class PresetTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("MLOPS_UPDATE") == "1";
    private static readonly string Folder = Path.Combine(Repository.Root, "analyzers", "MlOps.Build.Analyzers.CodeFixes", "configuration");

    [Theory]
    [InlineData("none", "No rule is on; name those that should be.")]
    [InlineData("default", "Every rule at its own severity, which may depend on the place: nothing is set.")]
    [InlineData("strict", "What is an information or off by default warns as well.")]
    [InlineData("all-errors", "Every rule is an error.")]
    public void A_preset_sets_every_rule(string name, string meaning)
    {
        var rules = RuleCatalogue.Descriptors.DistinctBy(rule => rule.Id)
            .Select(rule => (Line: Severity(name, rule), rule))
            .Where(one => one.Line is not null)
            .Select(one => $"\n# {one.rule.Title}\ndotnet_diagnostic.{one.rule.Id}.severity = {one.Line}\n");

        // Below 0: what a project itself says in .editorconfig or .globalconfig wins.
        Compare(name + ".globalconfig", $"# MlOpsAnalysisMode = {name}. {meaning}\nis_global = true\nglobal_level = -100\n{string.Concat(rules)}");
    }

    [Fact]
    public void There_is_no_other_preset() =>
        Assert.Equal(
            ["all-errors.globalconfig", "default.globalconfig", "none.globalconfig", "strict.globalconfig"],
            Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_target_knows_the_presets_by_name()
    {
        var target = XDocument.Load(Path.Combine(Folder, "..", "buildTransitive", "MlOps.Build.Analyzers.targets"));

        Assert.Equal(
            ";none;default;strict;all-errors;",
            target.Descendants("_MlOpsAnalysisModes").Single().Value);
    }

    private static string? Severity(string preset, DiagnosticDescriptor rule) => preset switch
    {
        "none" => "none",
        "default" => null,
        "strict" => rule.DefaultSeverity == DiagnosticSeverity.Error ? "error" : "warning",
        _ => "error",
    };

    private static void Compare(string file, string expected)
    {
        var path = Path.Combine(Folder, file);
        if (Update)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path), $"{file} is missing; run the tests once with MLOPS_UPDATE=1.");
        Assert.Equal(expected, File.ReadAllText(path));
    }
}
