using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests.Verbs;

public sealed class GateCommandTests
{
    private const string Project = """
        model: late-flights
        task: binary-classification
        data: { source: data/*.parquet, label: late, slices: [origin] }
        train: { project: src/Training }
        score: { project: src/Training }
        gate:
          rules:
            - { metric: auc, no-worse-by: 0.05 }
            - { metric: auc, slices: [origin], no-worse-by: 0.1 }
        """;

    private static readonly string[] Evaluate =
        ["evaluate", "--predictions", "head.csv", "--baseline-predictions", "main.csv", "--labels", "labels.csv", "--evaluation", "evaluation.json"];

    [Fact]
    public async Task From_predictions_to_a_verdict_with_two_commands()
    {
        using var tool = Make(better: true);

        Assert.Equal(0, await tool.RunAsync(Evaluate));
        Assert.Contains("late-flights: 1,000 rows of the holdout", tool.Output, StringComparison.Ordinal);

        Assert.Equal(0, await tool.RunAsync("gate", "--evaluation", "evaluation.json", "--verdict", "verdict.json"));
        Assert.Contains("late-flights: pass", tool.Output, StringComparison.Ordinal);
        Assert.Contains("3 pass", tool.Output, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Pass, Documents.Read<Verdict>(Path.Combine(tool.Folder, "verdict.json")).Kind);
    }

    [Theory]
    [InlineData(-60, 0, "pass", "none found: pass")]
    [InlineData(60, 1, "fail", "other bytes made these predictions): fail")]
    public async Task Predictions_that_are_older_than_their_model_fail_where_a_rule_forbids_them(int seconds, int exit, string verdict, string sentence)
    {
        using var tool = Make(better: true);
        var policy = Path.Combine(tool.Folder, "mlops.yml");
        await File.WriteAllTextAsync(policy, (await File.ReadAllTextAsync(policy, TestContext.Current.CancellationToken)).TrimEnd() + "\n    - { data: stale-predictions }\n", TestContext.Current.CancellationToken);
        tool.Write("model/model.zip", "a model");
        var scored = File.GetLastWriteTimeUtc(Path.Combine(tool.Folder, "head.csv"));
        File.SetLastWriteTimeUtc(Path.Combine(tool.Folder, "model/model.zip"), scored.AddSeconds(seconds));

        Assert.Equal(0, await tool.RunAsync([.. Evaluate, "--model", "model"]));
        Assert.Equal(seconds > 0, tool.Error.Contains("'head.csv' was written on", StringComparison.Ordinal));
        Assert.Equal(exit, await tool.RunAsync("gate", "--evaluation", "evaluation.json"));
        Assert.Contains($"late-flights: {verdict}", tool.Output, StringComparison.Ordinal);
        await tool.RunAsync("gate", "--evaluation", "evaluation.json", "--output", "json");
        Assert.Contains(sentence, tool.Output, StringComparison.Ordinal);

        Assert.Equal(0, await tool.RunAsync(Evaluate));
        Assert.Equal(1, await tool.RunAsync("gate", "--evaluation", "evaluation.json"));
    }

    [Theory]
    [InlineData("There is no model at", "nowhere")]
    [InlineData("2 models do not make 1 files of predictions", "head.csv", "main.csv")]
    public async Task A_model_that_is_not_there_or_one_too_many_is_refused(string what, params string[] models)
    {
        using var tool = Make(better: true);

        Assert.Equal(2, await tool.RunAsync([.. Evaluate, "--model", .. models]));

        Assert.Contains("MLO2986", tool.Error, StringComparison.Ordinal);
        Assert.Contains(what, tool.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tool.Folder, "evaluation.json")));
    }

    [Fact]
    public async Task A_pinned_time_gives_the_same_bytes_twice_and_ends_with_the_policy_s_duration_after_it()
    {
        using var tool = Make(better: true);
        await tool.RunAsync(Evaluate);
        tool.Variables["SOURCE_DATE_EPOCH"] = "1764000000";

        Assert.Equal(0, await tool.RunAsync("gate", "--evaluation", "evaluation.json", "--verdict", "one.json"));
        Assert.Equal(0, await tool.RunAsync("gate", "--evaluation", "evaluation.json", "--verdict", "two.json"));

        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(tool.Folder, "one.json"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(tool.Folder, "two.json"), TestContext.Current.CancellationToken));
        var verdict = Documents.Read<Verdict>(Path.Combine(tool.Folder, "one.json"));
        Assert.Equal((DateTimeOffset.FromUnixTimeSeconds(1764000000), TimeSpan.FromDays(14)), (verdict.CreatedAt, verdict.ExpiresAt - verdict.CreatedAt));
    }

    [Fact]
    public async Task A_worse_model_is_answered_with_exit_code_1_and_the_reason()
    {
        using var tool = Make(better: false);
        await tool.RunAsync(Evaluate);

        var exit = await tool.RunAsync("gate", "--evaluation", "evaluation.json", "--output", "json");

        var verdict = Documents.Parse<Verdict>(Encoding.UTF8.GetBytes(tool.Output), "stdout");
        Assert.Equal((1, VerdictKind.Fail), (exit, verdict.Kind));
        Assert.StartsWith("AUC must be no more than 0.050 below", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_prints_every_rule_with_its_method()
    {
        using var tool = Make(better: true);
        await tool.RunAsync(Evaluate);

        var exit = await tool.RunAsync("gate", "explain", "--evaluation", "evaluation.json");

        Assert.Equal(0, exit);
        Assert.Contains("AUC where origin = EWR must be", tool.Output, StringComparison.Ordinal);
        Assert.Contains("prove, DeLong", tool.Output, StringComparison.Ordinal);
        Assert.Contains("alarm, DeLong", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_run_the_way_to_an_evaluation_is_named()
    {
        using var tool = Make(better: true);

        var exit = await tool.RunAsync("gate");

        Assert.Equal(3, exit);
        Assert.Contains("error MLO2314", tool.Error, StringComparison.Ordinal);
        Assert.Contains("mlops run", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_named()
    {
        using var tool = Make(better: true);

        var exit = await tool.RunAsync("gate", "--run", "01KB4");

        Assert.Equal(2, exit);
        Assert.Contains("'01KB4'", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_policy_does_not_judge_an_old_evaluation()
    {
        using var tool = Make(better: false);
        await tool.RunAsync(Evaluate);
        tool.Write("mlops.yml", Project.Replace("no-worse-by: 0.05", "no-worse-by: 0.9", StringComparison.Ordinal));

        var exit = await tool.RunAsync("gate", "--evaluation", "evaluation.json");

        Assert.Equal(2, exit);
        Assert.Contains("error MLO2311", tool.Error, StringComparison.Ordinal);
    }

    private static ToolFixture Make(bool better)
    {
        var tool = new ToolFixture();
        tool.Write("mlops.yml", Project);
        var labels = new StringBuilder("row_id,late,origin\n");
        var good = new StringBuilder("row_id,score\n");
        var bad = new StringBuilder("row_id,score\n");
        for (var row = 0; row < 1000; row++)
        {
            // A fixed scatter: the good model is right most of the time, the bad one hardly.
            var late = row % 3 == 0;
            var scatter = row * 7919 % 1000 / 1000.0;
            labels.Append(CultureInfo.InvariantCulture, $"r{row},{(late ? 1 : 0)},{(row % 2 == 0 ? "EWR" : "JFK")}\n");
            good.Append(CultureInfo.InvariantCulture, $"r{row},{(scatter * 0.6) + (late ? 0.4 : 0)}\n");
            bad.Append(CultureInfo.InvariantCulture, $"r{row},{(scatter * 0.9) + (late ? 0.1 : 0)}\n");
        }

        tool.Write("labels.csv", labels.ToString());
        tool.Write("head.csv", (better ? good : bad).ToString());
        tool.Write("main.csv", (better ? bad : good).ToString());
        return tool;
    }
}
