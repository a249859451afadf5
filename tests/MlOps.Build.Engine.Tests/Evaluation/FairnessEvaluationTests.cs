using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class FairnessEvaluationTests
{
    // Group a: 4 rows, 2 positive, selected 2 (1 true, 1 false). Group b: 5 rows, 2 positive, selected 3 (2 true, 1 false).
    private static readonly double[] Labels = [1, 1, 0, 0, 1, 1, 0, 0, 0];
    private static readonly double[] Scores = [0.9, 0.1, 0.8, 0.2, 0.7, 0.6, 0.9, 0.1, 0.3];
    private static readonly string?[] Groups = ["a", "a", "a", "a", "b", "b", "b", "b", "b"];

    [Theory]
    [InlineData("demographic-parity-difference", 0.6 - 0.5)]
    [InlineData("demographic-parity-ratio", 0.5 / 0.6)]
    [InlineData("equal-opportunity-difference", 0.5)]
    [InlineData("equal-opportunity-ratio", 0.5)]
    [InlineData("false-positive-rate-difference", 0.5 - (1 / 3.0))]
    [InlineData("false-positive-rate-ratio", 1 / 3.0 / 0.5)]
    [InlineData("equalized-odds-difference", 0.5)]
    [InlineData("equalized-odds-difference-mean", (0.5 + 0.5 - (1 / 3.0)) / 2)]
    [InlineData("equalized-odds-ratio", 0.5)]
    [InlineData("predictive-parity-difference", (2 / 3.0) - 0.5)]
    [InlineData("accuracy-difference", 0.8 - 0.5)]
    public void Rates_of_two_groups_give_what_a_hand_computes(string metric, double expected)
        => GoldenFile.Equal(expected, Of(Groups).Metrics.Single(result => result.Name == metric).Challenger!.Value);

    [Fact]
    public void A_group_without_a_positive_row_is_left_out_and_named_instead_of_counting_as_zero()
    {
        string?[] groups = ["a", "a", "a", "a", "b", "b", "b", "c", "c"];

        var result = Of(groups);

        Assert.Null(result.Groups.Single(group => group.Value == "c").Challenger.TruePositiveRate);
        Assert.Equal(0.5, result.Metrics.Single(metric => metric.Name == "equal-opportunity-difference").Challenger!.Value);
        Assert.Contains(result.Notes, note => note.Contains("Without a positive row", StringComparison.Ordinal) && note.Contains("'c'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_small_group_is_shown_and_left_out()
    {
        string?[] groups = ["a", "a", "a", "a", "b", "b", "b", "b", null];

        var result = Of(groups, minimumRows: 2);

        Assert.Equal([null, "a", "b"], result.Groups.Select(group => group.Value));
        Assert.Equal([false, true, true], result.Groups.Select(group => group.Judged));
        Assert.Contains(result.Notes, note => note.Contains("'(no value)'", StringComparison.Ordinal));
        Assert.Equal(0.25, result.Metrics[0].Challenger!.Value, 1e-15);
    }

    [Fact]
    public void One_group_has_nothing_to_compare_with()
    {
        var result = Of([.. Groups.Select(_ => "all")]);

        Assert.All(result.Metrics, metric => Assert.Null(metric.Challenger));
        Assert.Null(result.TwoGroups);
        Assert.Contains(result.Notes, note => note.Contains("nothing to compare", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ratio_of_nothing_selected_is_undefined()
    {
        var result = Of(Groups, scores: [.. Scores.Select(_ => 0.1)]);

        Assert.Null(result.Metrics.Single(metric => metric.Name == "demographic-parity-ratio").Challenger);
        Assert.Equal(0, result.Metrics.Single(metric => metric.Name == "demographic-parity-difference").Challenger!.Value);
        Assert.Equal(1, result.TwoGroups!.Challenger.PValue);
        Assert.Null(result.TwoGroups.Challenger.RatioInterval);
    }

    [Fact]
    public void A_change_between_models_has_an_interval_from_the_same_resamples()
    {
        var random = new Xoshiro256(3);
        double[] labels = [.. Enumerable.Range(0, 600).Select(row => row % 3 == 0 ? 1.0 : 0.0)];
        double[] scores = [.. labels.Select(label => Math.Clamp((0.4 * label) + random.NextDouble() - 0.2, 0, 1))];
        string?[] groups = [.. labels.Select((_, row) => row % 2 == 0 ? "even" : "odd")];

        var result = Of(groups, labels: labels, scores: scores, baseline: scores, minimumRows: 100);

        foreach (var metric in result.Metrics)
        {
            Assert.InRange(metric.Challenger!.Value, metric.Challenger.Lower!.Value - 0.05, metric.Challenger.Upper!.Value + 0.05);
            Assert.Equal((0.0, 0.0, 0.0), (metric.Difference!.Value, metric.Difference.Lower!.Value, metric.Difference.Upper!.Value));
        }
    }

    private static FairnessResult Of(
        string?[] groups, double[]? labels = null, double[]? scores = null, double[]? baseline = null, int minimumRows = 1)
    {
        var rows = new EvaluatedRows
        {
            Task = ModelTask.BinaryClassification,
            Labels = labels ?? Labels,
            ClassCount = 2,
            Groups = null,
            Challenger = [new([scores ?? Scores])],
            Baseline = baseline is null ? [] : [new([baseline])],
            Threshold = 0.5,
        };
        return new FairnessEvaluation(rows, 0.975, 200, 42, minimumRows).Of(SliceColumn.From("group", sensitive: true, groups));
    }
}
