using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class MulticlassMetricTests
{
    [Theory]
    [InlineData("accuracy", "accuracy_micro")]
    [InlineData("balanced-accuracy", "accuracy_macro_recall")]
    [InlineData("macro-f1", "f1_macro")]
    [InlineData("micro-f1", "f1_micro")]
    [InlineData("weighted-f1", "f1_weighted")]
    [InlineData("log-loss", "log_loss_nats")]
    [InlineData("brier", "brier_multiclass")]
    [InlineData("auc-ovr", "auc_ovr_macro")]
    [InlineData("auc-ovo", "auc_ovo_macro")]
    [InlineData("ece", "ece_10_top_label")]
    [InlineData("macro-precision", "precision_macro")]
    [InlineData("macro-recall", "recall_macro")]
    [InlineData("mcc", "mcc")]
    [InlineData("cohen-kappa", "cohen_kappa")]
    [InlineData("top-k@2", "top2_accuracy")]
    [InlineData("top-k@1", "accuracy_micro")]
    public void Probabilities_of_penguins_give_the_values_of_scikit_learn(string metric, string golden)
    {
        var csv = GoldenFile.Csv("pred-penguins.csv");
        string[] classes = ["Adelie", "Chinstrap", "Gentoo"];
        double[] labels = [.. csv["y"].Select(label => (double)Array.IndexOf(classes, label))];

        foreach (var side in new[] { "champion", "challenger" })
        {
            var predictions = new Predictions([.. classes.Select(name => csv[$"{side}_{name}"].Numbers())]);

            var value = Value(metric, labels, 3, predictions);

            GoldenFile.Equal(GoldenFile.Json("metrics.json", "pred-penguins.csv", side, golden).GetDouble(), value);
        }
    }

    [Theory]
    [InlineData("accuracy", "accuracy_micro")]
    [InlineData("balanced-accuracy", "accuracy_macro_recall")]
    [InlineData("macro-f1", "f1_macro")]
    [InlineData("micro-f1", "f1_micro")]
    [InlineData("weighted-f1", "f1_weighted")]
    [InlineData("macro-precision", "precision_macro")]
    [InlineData("macro-recall", "recall_macro")]
    [InlineData("mcc", "mcc")]
    [InlineData("cohen-kappa", "cohen_kappa")]
    public void Predicted_letters_without_probabilities_give_the_values_of_scikit_learn(string metric, string golden)
    {
        var csv = GoldenFile.Csv("pred-letter.csv");
        string[] classes = [.. csv["y"].Distinct().Order(StringComparer.Ordinal)];
        double[] labels = [.. csv["y"].Select(label => (double)Array.IndexOf(classes, label))];

        foreach (var side in new[] { "champion", "challenger" })
        {
            var predictions = new Predictions([], [.. csv[side].Select(label => Array.IndexOf(classes, label))]);

            var value = Value(metric, labels, classes.Length, predictions);

            GoldenFile.Equal(GoldenFile.Json("metrics.json", "pred-letter.csv", side, golden).GetDouble(), value);
        }
    }

    [Fact]
    public void Equal_probabilities_predict_the_first_class()
        => Assert.Equal(1, Value("accuracy", [0], 2, new([[0.5], [0.5]])));

    [Fact]
    public void A_class_that_is_neither_there_nor_predicted_does_not_count_as_zero()
        => Assert.Equal(1, Value("macro-f1", [0, 1], 3, new([], [0, 1])));

    [Fact]
    public void A_row_that_counts_twice_equals_the_row_written_twice()
    {
        double[] labels = [0, 1, 2, 0];
        double[][] scores = [[0.6, 0.2, 0.2, 0.1], [0.3, 0.5, 0.3, 0.8], [0.1, 0.3, 0.5, 0.1]];
        int[] places = [0, 0, 1, 2, 3, 3, 3];

        foreach (var metric in MetricCatalogue.Of(ModelTask.MulticlassClassification))
        {
            var counted = metric.Bind(new(labels, 3, new(scores), 0.5)).Value([2, 1, 1, 3]);
            var written = Value(
                metric.Name,
                [.. places.Select(i => labels[i])],
                3,
                new([.. scores.Select(column => places.Select(i => column[i]).ToArray())]));

            GoldenFile.Equal(written, counted);
        }
    }

    private static double Value(string metric, double[] labels, int classes, Predictions predictions)
        => MetricCatalogue.Find(ModelTask.MulticlassClassification, metric)!
            .Bind(new(labels, classes, predictions, 0.5))
            .Value([.. Enumerable.Repeat(1, labels.Length)]);
}
