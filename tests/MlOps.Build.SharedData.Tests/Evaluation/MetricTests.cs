using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.SharedData.Tests.Evaluating;

public sealed class MetricTests
{
    private static readonly (string Ours, string Theirs)[] Binary =
    [
        ("auc", "roc_auc"), ("average-precision", "average_precision"), ("log-loss", "log_loss_nats"), ("brier", "brier"),
        ("accuracy", "accuracy"), ("balanced-accuracy", "balanced_accuracy"), ("precision", "precision"), ("recall", "recall"),
        ("specificity", "specificity"), ("f1", "f1"), ("mcc", "mcc"), ("ece", "ece_10_equal_width"), ("ks", "ks_separation"),
        ("calibration-in-the-large", "calibration_in_the_large"), ("npv", "npv"), ("f2", "f2"), ("cohen-kappa", "cohen_kappa"), ("jaccard", "jaccard"),
        ("gini", "gini"), ("pr-auc", "pr_auc_trapezoid"), ("log-loss-reduction", "log_loss_reduction"), ("mce", "mce_10_equal_width"),
        ("ece@15", "ece_15_equal_width"), ("ece-equal-mass", "ece_10_equal_mass"),
    ];

    private static readonly (string Ours, string Theirs)[] Regression =
    [
        ("rmse", "rmse"), ("mae", "mae"), ("mse", "mse"), ("medae", "median_ae"), ("r2", "r2"), ("smape", "smape"), ("wape", "wape"),
        ("bias", "mean_error_pred_minus_true"), ("pinball@0.9", "pinball_0_9"), ("max-error", "max_error"),
        ("explained-variance", "explained_variance"), ("pearson", "pearson_r"), ("spearman", "spearman_rho"),
    ];

    [Theory]
    [InlineData("pred-late.csv", "metrics/pred-late.csv", "threshold_0.5", 0.5)]
    [InlineData("pred-late.csv", "metrics/pred-late.csv", "threshold_0.2", 0.2)]
    [InlineData("../fairness/pred-adult.csv", "fairness/pred-adult.csv", "threshold_0.5", 0.5)]
    public void Real_models_have_the_metrics_of_scikit_learn(string key, string file, string at, double threshold)
    {
        var rows = Golden.Read(file);

        foreach (var side in new[] { "champion", "challenger" })
        {
            foreach (var (ours, theirs) in Binary)
            {
                var value = Value(ModelTask.BinaryClassification, ours, rows.Labels, rows.Side(side), threshold);
                Golden.Equal(Golden.Json("metrics/metrics.json", key, side, at, theirs).GetDouble(), value);
            }
        }
    }

    [Fact]
    public void Real_regressions_have_the_metrics_of_scikit_learn()
    {
        var rows = Golden.Read("metrics/pred-airtime.csv");

        foreach (var side in new[] { "champion", "challenger" })
        {
            foreach (var (ours, theirs) in Regression)
            {
                var value = Value(ModelTask.Regression, ours, rows.Labels, rows.Side(side), 0);
                Golden.Equal(Golden.Json("metrics/metrics.json", "pred-airtime.csv", side, theirs).GetDouble(), value);
            }
        }
    }

    [Fact]
    public void Slices_have_the_metrics_of_scikit_learn()
    {
        var rows = Golden.Read("metrics/pred-late.csv");
        var evaluation = Evaluator.Evaluate(Inputs.Of(rows, new() { Rules = [new() { Metric = "log-loss", NoWorseBy = new(1, false), Slices = ["origin"] }] }));

        foreach (var slice in evaluation.Slices)
        {
            var golden = Golden.Json("metrics/metrics.json", "pred-late.csv", "slices", $"origin={slice.Value}");
            foreach (var (ours, theirs) in new[] { ("auc", "roc_auc"), ("log-loss", "log_loss_nats") })
            {
                var metric = slice.Metrics.Single(metric => metric.Name == ours);
                Golden.Equal(golden.GetProperty("champion").GetProperty(theirs).GetDouble(), metric.Baseline!.Value);
                Golden.Equal(golden.GetProperty("challenger").GetProperty(theirs).GetDouble(), metric.Challenger!.Value);
            }
        }

        Assert.Equal(["EWR", "JFK", "LGA"], evaluation.Slices.Select(slice => slice.Value));
    }

    private static double Value(ModelTask task, string metric, double[] labels, double[] scores, double threshold)
        => MetricCatalogue.Find(task, metric)!
            .Bind(new(labels, task == ModelTask.Regression ? 0 : 2, new([scores]), threshold))
            .Value([.. Enumerable.Repeat(1, labels.Length)]);
}
