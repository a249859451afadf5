using System.IO.Compression;
using System.Xml.Linq;

namespace MlOps.Build.Analyzers.Tests.Package;

/// <summary>The road from a rule to a developer: the packed package in a real project, with the real SDK.</summary>
[Trait("Category", "Slow")]
public sealed class PackageTests(PackedAnalyzers packed) : IClassFixture<PackedAnalyzers>
{
    [Fact]
    public void The_package_holds_rules_fixes_and_pages_and_nothing_that_leaks()
    {
        using var package = ZipFile.OpenRead(packed.Package);

        var files = package.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal).ToArray();
        var manifest = XDocument.Load(package.GetEntry("MlOps.Build.Analyzers.nuspec")!.Open()).Root!;

        Assert.Equal(
            [
                "analyzers/dotnet/cs/MlOps.Build.Analyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/MlOps.Build.Analyzers.dll",
                "buildTransitive/MlOps.Build.Analyzers.props",
                "buildTransitive/MlOps.Build.Analyzers.targets",
                "configuration/all-errors.globalconfig",
                "configuration/default.globalconfig",
                "configuration/none.globalconfig",
                "configuration/strict.globalconfig",
            ],
            files.Where(file => !file.StartsWith("rules/", StringComparison.Ordinal)));
        Assert.Contains("rules/MLOPS1001.md", files);
        Assert.Equal("true", Text(manifest, "developmentDependency"));
        Assert.Equal("MIT", Text(manifest, "license"));
        Assert.DoesNotContain(manifest.Descendants(), element => element.Name.LocalName is "dependency");
    }

    [Fact]
    public async Task A_bad_line_warns_in_a_build_and_is_mended_by_dotnet_format()
    {
        var before = await packed.Dotnet.Succeed(packed.Solution, "build", "-v", "q");

        Assert.Contains("Trainer.cs(7,18): warning MLOPS1001: 'Sdca' gives another model on each run", before, StringComparison.Ordinal);
        Assert.Contains("(https://mlops.build/rules/MLOPS1001)", before, StringComparison.Ordinal);
        Assert.Contains("Trainer.cs(9,9): warning MLOPS2007", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Try.csproj]", before, StringComparison.Ordinal);

        string[] format = ["format", "analyzers", "Churn.slnx", "--no-restore", "--severity", "warn", "--diagnostics", "MLOPS1001", "MLOPS2007"];
        var (gate, _) = await packed.Dotnet.Run(packed.Solution, [.. format, "--verify-no-changes"]);
        await packed.Dotnet.Succeed(packed.Solution, format);

        Assert.Equal(2, gate);
        Assert.Equal(
            PackedAnalyzers.Trainer
                .Replace("new MLContext()", "new MLContext(seed: 1)", StringComparison.Ordinal)
                .Replace("\"A\");\n        pipeline.Append(", "\"A\").Append(", StringComparison.Ordinal),
            packed.Read("src/Churn/Trainer.cs"));
        Assert.Equal(PackedAnalyzers.Trainer, packed.Read("explore/Try/Trainer.cs"));

        var after = await packed.Dotnet.Succeed(packed.Solution, "build", "--no-restore", "-v", "q");
        Assert.DoesNotContain("MLOPS", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preset_is_chosen_by_a_property_and_the_project_still_has_the_last_word()
    {
        var none = await packed.Dotnet.Succeed(packed.Presets, "build", "-v", "q", "-p:MlOpsAnalysisMode=none");
        var (failed, errors) = await packed.Dotnet.Run(packed.Presets, "build", "-v", "q", "-p:MlOpsAnalysisMode=All-Errors", "--no-incremental");
        var (unknown, what) = await packed.Dotnet.Run(packed.Presets, "build", "-v", "q", "-p:MlOpsAnalysisMode=harsh", "--no-incremental");

        Assert.DoesNotContain("MLOPS1001", none, StringComparison.Ordinal);
        Assert.Contains("warning MLOPS2007", none, StringComparison.Ordinal);
        Assert.NotEqual(0, failed);
        Assert.Contains("error MLOPS1001", errors, StringComparison.Ordinal);
        Assert.Contains("warning MLOPS2007", errors, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown);
        Assert.Contains("error MLOPS0002: MlOpsAnalysisMode is 'harsh', which is no preset of the rules.", what, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_option_is_told_by_the_build()
    {
        packed.Write("options/.editorconfig", "root = true\n[*.cs]\nmlops_analyzers.exempt_folder = scratch\n");
        packed.Write("options/Options.csproj", packed.ProjectFile);
        packed.Write("options/Empty.cs", "internal static class Empty;");

        var output = await packed.Dotnet.Succeed(Path.Combine(packed.Solution, "options"), "build", "-v", "q");

        Assert.Contains(
            "warning MLOPS0001: 'mlops_analyzers.exempt_folder = scratch' has no effect: no rule has such an option. Perhaps 'mlops_analyzers.exempt_folders' is meant.",
            output,
            StringComparison.Ordinal);
    }

    private static bool IsOurs(string file) => !(file.StartsWith("_rels", StringComparison.Ordinal)
        || file.StartsWith("package/", StringComparison.Ordinal) || file.EndsWith(".nuspec", StringComparison.Ordinal)
        || file.StartsWith('['));

    private static string Text(XElement manifest, string name) =>
        manifest.Descendants().Single(element => element.Name.LocalName == name).Value;
}
