using System.Text.RegularExpressions;

namespace MlOps.Build.Templates.Tests;

/// <summary>Each rule in a project that a user has made: said by the build with its page, mended by <c>dotnet format</c>, and built again.</summary>
[Trait("Speed", "Slow")]
public sealed partial class ViolationsTests(PackedTemplate template)
{
    private const string File = "Violations.cs";
    private const string BadOption = "mlops_analyzers.exempt_folder = scratch";
    private const string OptionRule = "MLOPS0001";

    /// <summary>The rules whose default is an error and which only a person can mend.</summary>
    private const string ErrorsWithoutFix = "MLOPS2005%3BMLOPS7001";

    [Fact]
    public async Task Each_rule_is_told_by_the_build_with_its_page_and_each_fix_mends()
    {
        await template.PackAllAsync();
        var environment = Environment();
        var project = await template.NewAsync("Churn", "--no-restore", "--ci", "none", "--feed", template.Feed);
        var service = Path.Combine(project.Folder, "src", "Churn.Serving");
        var code = await System.IO.File.ReadAllTextAsync(Repository.PathOf($"tests/MlOps.Build.Templates.Tests/Violations/{File}"), Cancellation);
        await System.IO.File.WriteAllTextAsync(Path.Combine(service, File), code, Cancellation);
        await ReplaceAsync(Path.Combine(service, "Churn.Serving.csproj"), "<PropertyGroup>", "<PropertyGroup>\n    <PublishTrimmed>true</PublishTrimmed>");
        await ReplaceAsync(
            Path.Combine(project.Folder, ".editorconfig"),
            "[*.cs]",
            // CA1305 is on in a new project and says what MLOPS1004 says, which is silent then.
            $"[*.cs]\n{BadOption}\ndotnet_diagnostic.CA1305.severity = none");

        var (failed, before) = await Dotnet.TryAsync(project.Folder, environment, "build", "src/Churn.Serving");

        Assert.NotEqual(0, failed);
        Assert.DoesNotContain("error CS", before, StringComparison.Ordinal);
        Assert.Equal(Expected(code), Found(before));
        Assert.Contains($"warning {OptionRule}: '{BadOption}' has no effect", before, StringComparison.Ordinal);
        Assert.All(Rules, rule => Assert.Contains($"(https://mlops.build/rules/{rule.Id})", before, StringComparison.Ordinal));
        Assert.Equal(Rules.Select(rule => rule.Id), Found(before).Select(finding => finding.Id).Append(OptionRule).Distinct().Order(StringComparer.Ordinal));

        await Dotnet.RunAsync(
            project.Folder,
            environment,
            ["format", "analyzers", "src/Churn.Serving", "--no-restore", "--severity", "info", "--diagnostics", .. Rules.Select(rule => rule.Id)]);
        var mended = await System.IO.File.ReadAllTextAsync(Path.Combine(service, File), Cancellation);
        var after = await Dotnet.RunAsync(project.Folder, environment, "build", "src/Churn.Serving", $"-p:NoWarn={ErrorsWithoutFix}");

        var unmendable = Rules.Where(rule => !rule.HasFix).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            Expected(mended).Where(finding => unmendable.Contains(finding.Id) && !ErrorsWithoutFix.Contains(finding.Id, StringComparison.Ordinal)),
            Found(after));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The rules of the table in the documentation that are on in the strictest preset.</summary>
    private static IReadOnlyList<(string Id, bool HasFix)> Rules { get; } =
    [
        .. TableRow().Matches(System.IO.File.ReadAllText(Repository.PathOf("docs/analyzers.md")))
            .Select(row => (row.Groups["id"].Value, row.Groups["fix"].Value == "yes")),
    ];

    /// <summary>The ids after <c>//</c> at the end of a line, with the line.</summary>
    private static IReadOnlyList<(int Line, string Id)> Expected(string code)
        =>
        [
            .. code.Split('\n').SelectMany((text, index) => Mark().Match(text) is { Success: true } mark
                ? mark.Value[3..].Split(' ').Select(id => (index + 1, id))
                : []),
        ];

    private static IReadOnlyList<(int Line, string Id)> Found(string output)
        =>
        [
            .. Finding().Matches(output)
                .Select(found => (int.Parse(found.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture), found.Groups["id"].Value))
                .Distinct().Order(),
        ];

    [GeneratedRegex(@"^\| \[(?<id>MLOPS\d{4})\]\([^)]*\) \|[^|]*\|[^|]*\| (?<fix>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"// MLOPS\d{4}( MLOPS\d{4})*$")]
    private static partial Regex Mark();

    [GeneratedRegex(@"Violations\.cs\((?<line>\d+),\d+\): (warning|error) (?<id>MLOPS\d{4}):")]
    private static partial Regex Finding();

    private static async Task ReplaceAsync(string file, string before, string after)
    {
        var text = await System.IO.File.ReadAllTextAsync(file, Cancellation);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(file, text.Replace(before, after, StringComparison.Ordinal), Cancellation);
    }

    private Dictionary<string, string> Environment()
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        var installed = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        return new Dictionary<string, string>(template.Environment, StringComparer.Ordinal)
        {
            ["NUGET_PACKAGES"] = Path.Combine(template.Workspace, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = installed,
            // Suggestions too are to be seen in the output.
            ["MlOpsAnalysisMode"] = "strict",
        };
    }
}
