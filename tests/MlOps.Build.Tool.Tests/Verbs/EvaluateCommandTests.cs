using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace MlOps.Build.Tool.Tests.Verbs;

/// <summary><c>mlops evaluate</c> on files that no project knows.</summary>
public sealed partial class EvaluateCommandTests
{
    [Fact]
    public async Task The_example_on_the_page_prints_what_the_page_says()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "verbs", "evaluate.md"), TestContext.Current.CancellationToken);
        var blocks = Blocks().Matches(page[page.IndexOf("With this file", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToArray();
        using var tool = new ToolFixture();
        tool.Write("flights.csv", blocks[0]);

        var exit = await tool.RunAsync(blocks[1].Trim().Split(' ')[1..]);

        Assert.Equal(0, exit);
        Assert.Equal(Words(blocks[2]), Words(tool.Output));
    }

    [Fact]
    public async Task The_example_of_a_chosen_threshold_prints_what_the_page_says()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "verbs", "evaluate.md"), TestContext.Current.CancellationToken);
        var start = page.IndexOf("With this file", StringComparison.Ordinal);
        var chosen = page.IndexOf("## A threshold that is chosen", StringComparison.Ordinal);
        var blocks = Blocks().Matches(page[chosen..]).Select(match => match.Groups[1].Value).ToArray();
        using var tool = new ToolFixture();
        tool.Write("flights.csv", Blocks().Match(page[start..]).Groups[1].Value);
        tool.Write("validation.csv", blocks[0]);

        var exit = await tool.RunAsync(blocks[1].Trim().Split(' ')[1..]);

        Assert.Equal(0, exit);
        Assert.Equal(Words(blocks[2]), Words(tool.Output));
    }

    [Theory]
    [InlineData("--choose-threshold=best", "'best' chooses no threshold")]
    [InlineData("--choose-threshold=cost", "'cost' chooses no threshold")]
    [InlineData("--choose-threshold=youden --threshold=0.3", "exclude each other")]
    [InlineData("--choose-threshold=youden", "MLO2975")]
    [InlineData("--validation=b.csv", "has no effect")]
    [InlineData("--choose-threshold=f1 --validation=a.csv", "MLO2976")]
    public async Task A_threshold_is_chosen_by_a_rule_on_rows_that_do_not_judge_it_or_not_at_all(string words, string answer)
    {
        using var tool = Make();

        var exit = await tool.RunAsync(["evaluate", "--predictions", "a.csv", "--label", "y", "--row-id", "id", "--resamples", "100", .. words.Split(' ')]);

        Assert.Equal(2, exit);
        Assert.Contains(answer, tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_is_what_its_schema_says_at_full_precision_and_names_the_files_as_typed()
    {
        using var tool = Make();

        var exit = await tool.RunAsync(
            "evaluate", "--predictions", "a.csv", "--baseline-predictions", "b.csv", "--label", "y", "--row-id", "id", "--slices", "part", "--groups", "part",
            "--minimum-rows", "5", "--margin", "0.01", "log-loss=2%", "--resamples", "200", "--output", "json");

        Assert.Equal(0, exit);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Root(), "docs", "schemas", "predictions-evaluation.1.schema.json"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(tool.Output));
        var answer = JsonDocument.Parse(tool.Output).RootElement;
        Assert.Equal("a.csv", answer.GetProperty("challenger").GetProperty("file").GetString());
        var auc = answer.GetProperty("metrics")[0];
        Assert.Equal("auc", auc.GetProperty("name").GetString());
        Assert.True(auc.GetProperty("challenger").GetProperty("value").GetRawText().Length > 10, "Numbers are not rounded.");
        Assert.NotEqual(JsonValueKind.Null, auc.GetProperty("difference").GetProperty("nonInferiority").ValueKind);
        Assert.Equal(2, answer.GetProperty("slices").GetArrayLength());
        Assert.Equal(1, answer.GetProperty("groups").GetArrayLength());
    }

    [Fact]
    public async Task Numbers_are_cut_into_the_bands_of_the_command_line()
    {
        using var tool = Make();

        var exit = await tool.RunAsync("evaluate", "--predictions", "a.csv", "--label", "y", "--row-id", "id", "--score", "score", "--slices", "score", "--bands", "score=0.25,0.5", "--resamples", "200", "--output", "json");

        Assert.Equal(0, exit);
        var slices = JsonDocument.Parse(tool.Output).RootElement.GetProperty("slices").EnumerateArray().ToArray();
        Assert.Equal(["< 0.25", "[0.25, 0.5)", ">= 0.5"], slices.Select(slice => slice.GetProperty("value").GetString()));
        Assert.Equal(40, slices.Sum(slice => slice.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task The_same_command_prints_the_same_bytes()
    {
        using var tool = Make();
        string[] words = ["evaluate", "--predictions", "a.csv", "--label", "y", "--resamples", "200", "--output", "json"];

        await tool.RunAsync(words);
        var first = tool.Output;
        await tool.RunAsync(words);

        Assert.Equal(first, tool.Output);
    }

    [Theory]
    [InlineData("--margin", "small", "'small' is no margin")]
    [InlineData("--margin", "-0.01", "'-0.01' is no margin")]
    [InlineData("--margin", "=0.01", "'=0.01' is no margin")]
    [InlineData("--threshold", "1.5", "--threshold needs a number from 0 to 1")]
    [InlineData("--confidence", "1", "--confidence needs a number from 0.5 to below 1")]
    [InlineData("--resamples", "10", "--resamples needs a whole number from 100")]
    [InlineData("--task", "ranking", "ranking")]
    [InlineData("--bands", "hour", "'hour' cuts nothing into bands")]
    [InlineData("--bands", "=q4", "'=q4' cuts nothing into bands")]
    [InlineData("--bands", "hour=q1", "'hour=q1' cuts nothing into bands")]
    [InlineData("--bands", "hour=12,6", "'hour=12,6' cuts nothing into bands")]
    [InlineData("--bands", "hour=noon", "'hour=noon' cuts nothing into bands")]
    public async Task A_wrong_word_on_the_command_line_is_answered_with_what_is_wanted(string option, string word, string answer)
    {
        using var tool = Make();

        var exit = await tool.RunAsync("evaluate", "--predictions", "a.csv", "--label", "y", $"{option}={word}");

        Assert.Equal(2, exit);
        Assert.Contains(answer, tool.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--full")]
    [InlineData("--evaluation=evaluation.json")]
    [InlineData("--predictions=b.csv")]
    public async Task What_only_a_project_knows_is_refused_without_one(string option)
    {
        using var tool = Make();

        var exit = await tool.RunAsync("evaluate", "--predictions", "a.csv", "--label", "y", option);

        Assert.Equal(2, exit);
        Assert.Contains("MLO2318", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_project_an_option_that_says_what_files_hold_takes_them_as_they_are()
    {
        using var tool = Make();
        tool.Write("mlops.yml", "model: m\ntask: regression\n");

        var exit = await tool.RunAsync("evaluate", "--predictions", "a.csv", "--labels", "a.csv", "--label", "y", "--score", "score", "--resamples", "200");

        Assert.Equal(0, exit);
        Assert.Contains("binary classification", tool.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static ToolFixture Make()
    {
        var tool = new ToolFixture();
        var rows = Enumerable.Range(0, 40).Select(row => (Row: row, Label: row % 3 == 0 ? 1 : 0)).ToArray();
        tool.Write("a.csv", "id,y,part,score\n" + string.Concat(rows.Select(row => FormattableString.Invariant($"r{row.Row},{row.Label},{(row.Row % 2 == 0 ? "even" : "odd")},{((row.Label * 3) + (row.Row * 7 % 11)) / 14.0:0.0000}\n"))));
        tool.Write("b.csv", "id,score\n" + string.Concat(rows.Reverse().Select(row => FormattableString.Invariant($"r{row.Row},{((row.Label * 2) + (row.Row * 5 % 11)) / 14.0:0.0000}\n"))));
        return tool;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
