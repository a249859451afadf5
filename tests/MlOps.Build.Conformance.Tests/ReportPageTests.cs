using System.Text.Json;
using MlOps.Build.Pipeline.Tests;

namespace MlOps.Build.Conformance.Tests;

/// <summary>The pages of reports in Chromium, under axe-core and from the keyboard. Their text is that of the report's snapshots.</summary>
public sealed class ReportPageTests
{
    private const string Bad = "bad.html";

    private static readonly string Snapshots = Path.Combine(Repository.Root, "tests", "MlOps.Build.Engine.Tests", "Reporting", "Snapshots");

    private static readonly Lazy<Task<Look[]>> Seen = new(LookAsync);

    [Fact]
    public async Task Every_page_is_clean_at_WCAG_2_1_AA_light_dark_and_narrow_and_asks_nobody_for_anything()
    {
        var seen = (await Seen.Value).Where(look => look.Name != Bad).ToArray();

        Assert.Equal(3 * Directory.GetFiles(Snapshots, "*.html").Length, seen.Length);
        Assert.All(seen, look => Assert.True(look is { Violations: [], Passes: > 10, Requests: 1, Scrolls: false }, $"{look} {string.Join("; ", look.Violations)}"));
    }

    [Theory]
    [InlineData("pass.html", true)]
    [InlineData("first-model.html", true)]
    [InlineData("multiclass.html", false)]
    [InlineData("regression.html", false)]
    public async Task An_arrow_key_chooses_the_next_threshold_and_its_sentence_is_read_with_it(string page, bool isThere)
    {
        var choices = (await Seen.Value).Where(look => look.Name == page).Select(look => look.Threshold).ToArray();

        Assert.Equal(3, choices.Length);
        Assert.All(choices, choice =>
        {
            Assert.Equal(isThere, choice is not null);
            if (choice is not null)
            {
                Assert.StartsWith("At 0.50 ", Assert.Single(choice.Before), StringComparison.Ordinal);
                var after = Assert.Single(choice.After);
                Assert.StartsWith("At 0.55 ", after, StringComparison.Ordinal);
                Assert.Equal(("0.55", after, "solid"), (choice.Label, choice.Described, choice.Outline));
            }
        });
    }

    [Fact]
    public async Task Paper_has_the_tables_and_no_choices_in_dark_ink_whatever_the_screen_shows()
    {
        var pages = (await Seen.Value).Where(look => look.Name != Bad).ToArray();

        Assert.All(pages, look => Assert.Equal((0, look.Threshold is null ? 0 : 1, 0, "rgb(28, 33, 40)"), (look.Paper.Choices, look.Paper.Panels, look.Paper.Folded, look.Paper.Ink)));
    }

    [Fact]
    public async Task A_page_with_faults_is_not_clean()
    {
        var light = (await Seen.Value).First(look => look.Name == Bad);

        Assert.Equal(["color-contrast", "html-has-lang", "label"], light.Violations.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    /// <summary>All pages in one browser, and one whose text is too pale, whose language is missing, and a choice of which has no label.</summary>
    private static async Task<Look[]> LookAsync()
    {
        using var folder = new TemporaryFolder();
        var html = await File.ReadAllTextAsync(Path.Combine(Snapshots, "pass.html"));
        await File.WriteAllTextAsync(
            folder.At(Bad),
            html.Replace("<html lang=\"en\">", "<html>", StringComparison.Ordinal)
                .Replace("--soft: #57606a;", "--soft: #c0c7ce;", StringComparison.Ordinal)
                .Replace("<label for=\"threshold-50\">0.50</label>", "<b>0.50</b>", StringComparison.Ordinal));
        var (exit, output) = await Repository.RunAsync(NodeTools.Folder, "node", ["pages.mjs", Browser.Program, .. Directory.GetFiles(Snapshots, "*.html"), folder.At(Bad)]);
        Assert.True(exit == 0, output);
        return JsonSerializer.Deserialize<Look[]>(output, JsonSerializerOptions.Web)!;
    }

    private sealed record Look(string Page, string ColorScheme, int Width, string[] Violations, int Passes, int Requests, bool Scrolls, Paper Paper, Choice? Threshold)
    {
        public string Name => System.IO.Path.GetFileName(Page);
    }

    private sealed record Paper(int Choices, int Panels, int Folded, string Ink);

    private sealed record Choice(string[] Before, string[] After, string Label, string Described, string Outline);
}
