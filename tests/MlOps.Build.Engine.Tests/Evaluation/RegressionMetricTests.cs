using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class RegressionMetricTests
{
    private static readonly double[] Labels = [1, 2, 4, 5];
    private static readonly double[] Values = [2, 2, 3, 9];

    [Theory]
    [InlineData("rmse", 2.1213203435596424)]
    [InlineData("mse", 4.5)]
    [InlineData("mae", 1.5)]
    [InlineData("medae", 1)]
    [InlineData("mape", 0.5125)]
    [InlineData("wape", 0.5)]
    [InlineData("bias", 1)]
    [InlineData("r2", -0.8)]
    [InlineData("pinball@0.9", 0.35)]
    [InlineData("pinball", 0.75)]
    [InlineData("max-error", 4)]
    [InlineData("explained-variance", -0.4)]
    [InlineData("pearson", 0.8134892168199606)]
    [InlineData("spearman", 0.9486832980505138)]
    public void Small_numbers_give_what_a_hand_computes(string metric, double expected)
        => GoldenFile.Equal(expected, Value(metric, Labels, Values));

    [Fact]
    public void Percentage_error_is_undefined_where_a_label_is_zero()
        => Assert.Equal(double.NaN, Value("mape", [0, 1], [1, 1]));

    [Fact]
    public void Symmetric_percentage_error_of_zero_for_zero_is_zero()
        => Assert.Equal(1, Value("smape", [0, 1], [0, -1]));

    [Fact]
    public void R2_is_undefined_where_the_labels_are_constant()
        => Assert.Equal(double.NaN, Value("r2", [3, 3], [3, 4]));

    [Theory]
    [InlineData("pinball@1.5")]
    [InlineData("pinball@x")]
    [InlineData("auc")]
    [InlineData("RMSE")]
    public void A_name_that_is_no_metric_of_the_task_is_not_found(string name)
        => Assert.Null(MetricCatalogue.Find(ModelTask.Regression, name));

    [Fact]
    public void A_row_that_counts_twice_equals_the_row_written_twice()
    {
        foreach (var metric in MetricCatalogue.Of(ModelTask.Regression))
        {
            var counted = metric.Bind(new(Labels, 0, new([Values]), 0)).Value([2, 0, 1, 3]);
            var written = Value(metric.Name, [1, 1, 4, 5, 5, 5], [2, 2, 3, 9, 9, 9]);

            GoldenFile.Equal(written, counted);
        }
    }

    private static double Value(string metric, double[] labels, double[] values)
        => MetricCatalogue.Find(ModelTask.Regression, metric)!
            .Bind(new(labels, 0, new([values]), 0))
            .Value([.. Enumerable.Repeat(1, labels.Length)]);
}
