using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Tests.Pages;

/// <summary>What a log of 80 columns shows.</summary>
public sealed class TextPageTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Fact]
    public void A_digest_stays_whole_so_that_it_can_be_copied()
    {
        var text = Written(new Page().Fields(("A long name here", Digest), ("Run", "01KB")));

        Assert.Equal($"A long name here  {Digest}\nRun               01KB\n", text);
    }

    [Fact]
    public void A_value_is_wrapped_between_words_and_indented()
    {
        var text = Written(new Page().Fields(("Why", string.Join(' ', Enumerable.Repeat("because", 12)))));

        Assert.Equal(
            $"Why  {string.Join(' ', Enumerable.Repeat("because", 9))}\n     {string.Join(' ', Enumerable.Repeat("because", 3))}\n",
            text);
    }

    [Fact]
    public void A_field_without_a_value_ends_with_its_name()
        => Assert.Equal("Name\n", Written(new Page().Fields(("Name", ""))));

    [Fact]
    public void A_line_is_not_wrapped_beside_a_table_either()
    {
        var command = "next    mlops register --run " + new string('0', 80);

        var text = Written(new Page().Table(["Name"], [["x"]]).Line(command));

        Assert.EndsWith(command + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_of_a_table_ends_with_spaces()
    {
        var text = Written(new Page().Heading("Runs").Table(["Name", "Rows #"], [["short", "1"], ["a longer name", "20"]]));

        Assert.Contains("a longer name", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void A_table_that_is_too_wide_breaks_names_at_their_hyphens()
    {
        string[] row = ["-0.0029", "-0.0058", "+0.0028", "-0.0051 +0.0141", "-"];

        var text = Written(new Page().Table(
            ["Metric", "Baseline#", "Challenger#", "Difference#", "Interval#", "Finding"],
            [["balanced-accuracy", .. row], ["calibration-in-the-large", .. row]]));

        Assert.Equal(
            """

             Metric             Baseline  Challenger  Difference         Interval  Finding
            ────────────────────────────────────────────────────────────────────────────────
             balanced-accuracy   -0.0029     -0.0058     +0.0028  -0.0051 +0.0141  -
             calibration-in-     -0.0029     -0.0058     +0.0028  -0.0051 +0.0141  -
             the-large


            """,
            text);
    }

    private static string Written(Page page)
    {
        using var tool = new ToolFixture();
        using var output = new StringWriter { NewLine = "\n" };
        TextPage.Write(
            page, new ToolHost { Output = output, Error = TextWriter.Null, Environment = tool, WorkingDirectory = tool.Folder }, noColor: false);
        return output.ToString();
    }
}
