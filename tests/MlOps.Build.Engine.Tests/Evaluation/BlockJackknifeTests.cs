using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class BlockJackknifeTests
{
    private const int Rows = 6000;

    [Theory]
    [InlineData("f1")]
    [InlineData("average-precision")]
    [InlineData("mcc")]
    [InlineData("gini")]
    [InlineData("log-loss-reduction")]
    public void Leaving_blocks_out_and_resampling_find_the_same_error(string name)
    {
        var metric = MetricCatalogue.Find(ModelTask.BinaryClassification, name)!;

        foreach (var contrast in new[] { Contrast.Own, new Contrast(1, -1) })
        {
            var resampled = Compare(metric, resampleUpTo: Rows).Of(metric, contrast);
            var leftOut = Compare(metric, resampleUpTo: 100).Of(metric, contrast);

            Assert.Equal(resampled.Value, leftOut.Value);
            Assert.InRange(leftOut.StandardError!.Value / resampled.StandardError!.Value, 0.75, 1.33);
            Assert.Equal(99, leftOut.DegreesOfFreedom);
            Assert.Equal("jackknife of 100 blocks, t", leftOut.Method);
        }
    }

    [Fact]
    public void An_AUC_has_the_error_of_DeLong()
    {
        var gini = MetricCatalogue.Find(ModelTask.BinaryClassification, "gini")!;
        var auc = MetricCatalogue.Find(ModelTask.BinaryClassification, "auc")!;

        var leftOut = Compare(gini, resampleUpTo: 100).Of(gini, Contrast.Own).StandardError!.Value / 2;
        var formula = Compare(gini, resampleUpTo: 100).Of(auc, Contrast.Own).StandardError!.Value;

        Assert.InRange(leftOut / formula, 0.75, 1.33);
    }

    [Fact]
    public void Rows_that_belong_together_are_left_out_together()
    {
        var metric = MetricCatalogue.Find(ModelTask.BinaryClassification, "f1")!;

        // Each row five times: as groups they tell no more than once, as rows they seem to.
        var rows = Fixture();
        int[] five = [.. Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat(row, 5))];
        var once = Of(With(rows, [.. Enumerable.Range(0, Rows)]), metric, 100);
        var together = Of(With(rows.Select(five), [.. five]), metric, 100);
        var apart = Of(rows.Select(five), metric, 100);

        Assert.InRange(together.StandardError!.Value / once.StandardError!.Value, 0.75, 1.33);
        Assert.True(apart.StandardError < 0.7 * once.StandardError);
        Assert.EndsWith("by group", together.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_units_than_blocks_are_resampled()
    {
        var metric = MetricCatalogue.Find(ModelTask.BinaryClassification, "f1")!;
        var rows = Fixture();

        var estimate = Of(With(rows, [.. Enumerable.Range(0, Rows).Select(row => row % 50)]), metric, 100);

        Assert.Contains("bootstrap", estimate.Method, StringComparison.Ordinal);
    }

    private static Estimate Of(EvaluatedRows rows, MetricDefinition metric, int resampleUpTo)
        => Comparison.Of(rows, 0.975, [metric], 300, 42, resampleUpTo).Of(metric, Contrast.Own);

    private static Comparison Compare(MetricDefinition metric, int resampleUpTo)
        => Comparison.Of(Fixture(), 0.975, [metric], 300, 42, resampleUpTo);

    private static EvaluatedRows With(EvaluatedRows rows, int[] groups)
        => new()
        {
            Task = rows.Task,
            Labels = rows.Labels,
            ClassCount = rows.ClassCount,
            Groups = groups,
            Challenger = rows.Challenger,
            Baseline = rows.Baseline,
            Threshold = rows.Threshold,
        };

    private static EvaluatedRows Fixture()
    {
        var fixture = new EvaluationFixture(Rows).Train(1, 1.2);
        return new()
        {
            Task = ModelTask.BinaryClassification,
            Labels = fixture.Labels,
            ClassCount = 2,
            Groups = null,
            Challenger = [fixture.Challenger[0].Predictions],
            Baseline = [fixture.Baseline[0].Predictions],
            Threshold = 0.5,
        };
    }
}
