using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class BinaryMetricTests
{
    [Theory]
    [InlineData("auc", "roc_auc")]
    [InlineData("average-precision", "average_precision")]
    [InlineData("log-loss", "log_loss_nats")]
    [InlineData("brier", "brier")]
    [InlineData("accuracy", "accuracy")]
    [InlineData("balanced-accuracy", "balanced_accuracy")]
    [InlineData("precision", "precision")]
    [InlineData("recall", "recall")]
    [InlineData("specificity", "specificity")]
    [InlineData("f1", "f1")]
    [InlineData("mcc", "mcc")]
    [InlineData("ece", "ece_10_equal_width")]
    [InlineData("ks", "ks_separation")]
    [InlineData("calibration-in-the-large", "calibration_in_the_large")]
    [InlineData("npv", "npv")]
    [InlineData("f2", "f2")]
    [InlineData("f-beta@2", "f2")]
    [InlineData("f-beta@1", "f1")]
    [InlineData("cohen-kappa", "cohen_kappa")]
    [InlineData("jaccard", "jaccard")]
    [InlineData("gini", "gini")]
    [InlineData("pr-auc", "pr_auc_trapezoid")]
    [InlineData("log-loss-reduction", "log_loss_reduction")]
    [InlineData("mce", "mce_10_equal_width")]
    [InlineData("ece@10", "ece_10_equal_width")]
    [InlineData("ece@15", "ece_15_equal_width")]
    [InlineData("ece-equal-mass", "ece_10_equal_mass")]
    public void Scores_with_many_ties_give_the_values_of_scikit_learn(string metric, string golden)
    {
        var rows = GoldenFile.Csv("pred-ties.csv");

        var value = Value(metric, rows["y"].Numbers(), rows["score"].Numbers(), threshold: 0.45);

        GoldenFile.Equal(GoldenFile.Json("metrics.json", "pred-ties.csv", "score", "threshold_0.45", golden).GetDouble(), value);
    }

    [Fact]
    public void Auc_of_constant_scores_is_one_half()
        => Assert.Equal(0.5, Value("auc", [0, 1, 1], [0.3, 0.3, 0.3]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Auc_of_one_class_is_undefined_and_not_one_half(double label)
        => Assert.Equal(double.NaN, Value("auc", [label, label], [0.1, 0.9]));

    [Fact]
    public void Auc_of_a_perfect_order_is_one_and_of_the_reverse_zero()
    {
        Assert.Equal(1, Value("auc", [0, 0, 1], [0.1, 0.2, 0.3]));
        Assert.Equal(0, Value("auc", [1, 1, 0], [0.1, 0.2, 0.3]));
    }

    [Fact]
    public void A_certain_and_wrong_probability_costs_a_finite_log_loss()
        => GoldenFile.Equal(-Math.Log(1e-15), Value("log-loss", [1], [0.0]));

    [Fact]
    public void A_model_that_never_says_positive_has_precision_zero_while_there_was_something_to_find()
    {
        Assert.Equal(0, Value("precision", [0, 1], [0.1, 0.2]));
        Assert.Equal(0, Value("f1", [0, 1], [0.1, 0.2]));
        Assert.Equal(0, Value("mcc", [0, 1], [0.1, 0.2]));
        Assert.Equal(double.NaN, Value("precision", [0, 0], [0.1, 0.2]));
    }

    [Fact]
    public void A_score_at_the_threshold_is_predicted_positive()
        => Assert.Equal(1, Value("recall", [1, 0], [0.5, 0.1]));

    [Theory]
    [InlineData("lift@0.2", 2.5)] // the first row of five, positive, against 2 of 5
    [InlineData("lift@0.4", 1.25)]
    [InlineData("lift@0.6", 1.6666666666666667)]
    [InlineData("lift@1", 1)]
    public void Lift_says_how_much_more_often_positives_come_at_the_top(string metric, double lift)
        => GoldenFile.Equal(lift, Value(metric, [1, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.2, 0.1]));

    [Fact]
    public void Lift_takes_a_part_of_rows_with_equal_scores()
        => GoldenFile.Equal(1, Value("lift@0.5", [1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5]));

    [Theory]
    [InlineData("lift@0")]
    [InlineData("lift@1.5")]
    [InlineData("lift@-0.5")]
    [InlineData("lift@")]
    [InlineData("lift")]
    [InlineData("ece@1")]
    [InlineData("ece@2.5")]
    [InlineData("f-beta@0")]
    [InlineData("f-beta@1,5")]
    [InlineData("top-k@2")]
    public void A_parameter_without_a_meaning_names_no_metric(string name)
        => Assert.Null(MetricCatalogue.Find(ModelTask.BinaryClassification, name));

    [Fact]
    public void A_row_that_counts_twice_equals_the_row_written_twice()
    {
        double[] labels = [0, 1, 1, 0, 1];
        double[] scores = [0.2, 0.2, 0.7, 0.9, 0.4];
        int[] counts = [2, 1, 3, 0, 1];
        double[] labelsWritten = [0, 0, 1, 1, 1, 1, 1];
        double[] scoresWritten = [0.2, 0.2, 0.2, 0.7, 0.7, 0.7, 0.4];

        foreach (var metric in MetricCatalogue.Of(ModelTask.BinaryClassification))
        {
            var counted = metric.Bind(new(labels, 2, new([scores]), 0.5)).Value(counts);
            var written = metric.Bind(new(labelsWritten, 2, new([scoresWritten]), 0.5)).Value([1, 1, 1, 1, 1, 1, 1]);

            GoldenFile.Equal(written, counted);
        }
    }

    internal static double Value(string metric, double[] labels, double[] scores, double threshold = 0.5)
        => MetricCatalogue.Find(ModelTask.BinaryClassification, metric)!
            .Bind(new(labels, 2, new([scores]), threshold))
            .Value([.. Enumerable.Repeat(1, labels.Length)]);
}
