using MlOps.Build.Contracts;
using MlOps.Build.Engine.Reporting;

namespace MlOps.Build.Engine.Tests.Reporting;

/// <summary>What the page says of other thresholds, and of precision by recall.</summary>
public sealed class ThresholdPageTests
{
    private static readonly ReportFixture Small = ReportCases.Pass with
    {
        Classes = [new("on time", 60), new("late", 40)],
        Charts = ReportCases.Charts with { ScoresChallenger = new(Bins((10, 30), (60, 20), (90, 10)), Bins((40, 10), (60, 10), (90, 20))), ScoresBaseline = null },
    };

    [Theory]
    [InlineData(5, 0.4, 1, 0, 0.5714, 0.4, 1)]
    [InlineData(60, 0.5, 0.75, 0.5, 0.6, 0.6, 0.6)]
    [InlineData(61, 0.6667, 0.5, 0.8333, 0.5714, 0.7, 0.3)]
    public void A_threshold_counts_its_own_score_as_positive(int percent, double precision, double recall, double specificity, double f1, double accuracy, double alarms)
    {
        var row = ThresholdRow.At(Small.Charts.ScoresChallenger!, percent);

        Assert.Equal([precision, recall, specificity, f1, accuracy, alarms], new[] { row.Precision, row.Recall, row.Specificity, row.F1, row.Accuracy, row.Alarms }.Select(value => Math.Round(value, 4)));
        Assert.Equal(1000 * (1 - row.Accuracy), row.FalseAlarmsInThousand + row.MissedInThousand, 1e-9);
    }

    [Fact]
    public void Above_every_score_precision_is_not_known_and_not_zero()
    {
        var html = ReportHtml.Of((Small with { Charts = Small.Charts with { ScoresChallenger = new(Bins((10, 60)), Bins((20, 40))) } }).Input);

        Assert.Contains("At 0.95 head@4f2c9e1 finds 0 % of the positive rows, and – of what it predicts positive is.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_threshold_of_the_run_is_chosen_and_the_page_has_no_script()
    {
        var html = ReportHtml.Of(Small.Input);

        Assert.Contains("id=\"threshold-50\" aria-describedby=\"threshold-50-said\" checked=\"checked\"", html, StringComparison.Ordinal);
        Assert.Contains("At 0.60 head@4f2c9e1 finds 75 % of the positive rows, and 50 % of what it predicts positive is.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(1, 1, 0.11, 300)]
    [InlineData(2, 1, 0.61, 400)]
    [InlineData(1, 10, 0.11, 300)]
    [InlineData(1, 2, 0.11, 300)]
    [InlineData(10, 1, 0.91, 400)]
    [InlineData(5, 1, 0.91, 400)]
    public void The_cheapest_threshold_is_the_smallest_of_those_that_cost_least(int falseAlarm, int miss, double threshold, double cost)
    {
        var row = ThresholdRow.Cheapest(Small.Charts.ScoresChallenger!, falseAlarm, miss);

        var costs = Enumerable.Range(1, 99).Select(percent => ThresholdRow.At(Small.Charts.ScoresChallenger!, percent).CostInThousand(falseAlarm, miss)).ToArray();
        Assert.Equal(costs.Min(), row.CostInThousand(falseAlarm, miss), 1e-9);
        Assert.Equal((Array.FindIndex(costs, value => Math.Abs(value - costs.Min()) < 1e-9) + 1) / 100.0, row.Threshold);
        Assert.Equal((threshold, cost), (row.Threshold, Math.Round(row.CostInThousand(falseAlarm, miss), 6)));
    }

    [Fact]
    public void Costs_stand_in_a_table_of_their_own_without_anything_to_type()
    {
        var html = ReportHtml.Of(Small.Input);

        var row = html.Split("1 : 2</th>")[1].Split("</tr>")[0];
        Assert.Equal("<td class=\"n\">–</td><td class=\"n\">–</td><td class=\"n\">0.11</td><td class=\"n\">300.0</td>", string.Concat(row.Split('\n').Select(line => line.Trim())));
        Assert.DoesNotContain("type=\"number\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_that_were_chosen_are_said_with_the_rule_and_the_rows()
    {
        var input = Small.Input;
        ThresholdChoice choice = new() { Rule = "cost 1:5", Rows = 1200, Positives = 312, Challenger = [new(0.42, 0.5, 3, 2, 1, 4), new(0.4, 0.5, 3, 2, 1, 4)], Baseline = [new(0.37, 0.6, 3, 2, 1, 4)], Notes = [] };
        var chosen = input with { Evaluation = input.Evaluation with { Threshold = 0.42, ThresholdChoice = choice } };

        const string Said = "chosen by cost 1:5 on 1,200 validation rows, 312 of them positive and none judged: challenger 0.42, 0.4; baseline 0.37";
        var html = ReportHtml.Of(chosen);
        Assert.Contains($"This run was judged at thresholds that were {Said}.", html, StringComparison.Ordinal);
        Assert.Contains("id=\"threshold-40\" aria-describedby=\"threshold-40-said\" checked=\"checked\"", html, StringComparison.Ordinal);
        Assert.Contains(Said, ReportMarkdown.Of(chosen), StringComparison.Ordinal);
    }

    [Fact]
    public void Precision_by_recall_follows_from_the_rates_and_the_rows_of_the_classes()
    {
        var charts = Small.Charts with { RocBaseline = [], RocChallenger = [new(0, 0), new(0.1, 0.6), new(0.5, 0.9), new(1, 1)] };

        var html = ReportHtml.Of((Small with { Charts = charts }).Input);

        // 0.6 x 40 found among 0.6 x 40 + 0.1 x 60 predicted; 0.9 x 40 among 36 + 30.
        var table = html.Split("Precision at a recall.")[2];
        Assert.Contains("<td class=\"n\">0.800</td>", table.Split("0.500</th>")[1].Split("</tr>")[0], StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">0.545</td>", table.Split("0.900</th>")[1].Split("</tr>")[0], StringComparison.Ordinal);
        Assert.Contains("<polygon class=\"challenger-band\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_rows_of_both_classes_nothing_is_drawn_of_precision()
        => Assert.DoesNotContain("Precision and recall", ReportHtml.Of((Small with { Classes = [new("on time", 100), new("late", 0)] }).Input), StringComparison.Ordinal);

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, -1)]
    [InlineData(100, long.MaxValue)]
    public void Counts_that_are_none_are_not_drawn(int bins, long rows)
    {
        long[] counts = [.. Enumerable.Repeat(rows, bins)];

        var html = ReportHtml.Of((Small with { Charts = Small.Charts with { ScoresChallenger = new(counts, Bins((20, 40))) } }).Input);

        Assert.DoesNotContain("Another threshold", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Scores of rows that are late", html, StringComparison.Ordinal);
    }

    private static long[] Bins(params (int Bin, long Rows)[] counts)
    {
        var bins = new long[100];
        foreach (var (bin, rows) in counts)
        {
            bins[bin] = rows;
        }

        return bins;
    }
}
