using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.SharedData.Tests.Evaluating;

public sealed class IntervalTests
{
    [Theory]
    [InlineData("late", "metrics/pred-late.csv", null)]
    [InlineData("adult", "fairness/pred-adult.csv", null)]
    [InlineData("adult_first_500", "fairness/pred-adult.csv", 500)]
    public void An_auc_difference_has_the_interval_of_pROC(string name, string file, int? take)
    {
        var golden = Golden.Json("gate/gate.json", name, "delong");
        double Get(string key) => golden.GetProperty(key).GetDouble();

        var auc = Inputs.TwoSided(Golden.Read(file, take), "auc");

        var difference = auc.Difference!;
        Golden.Equal(Get("difference"), difference.Value);
        Golden.Equal(Get("se_difference"), difference.StandardError!.Value);
        Golden.Equal(Get("p_two_sided"), difference.PValue!.Value, 1e-6);
        Golden.Equal(golden.GetProperty("ci95_difference")[0].GetDouble(), difference.Lower!.Value);
        Golden.Equal(golden.GetProperty("ci95_difference")[1].GetDouble(), difference.Upper!.Value);
        Golden.Equal(golden.GetProperty("ci95_challenger_logit")[0].GetDouble(), auc.Challenger!.Lower!.Value);
        Golden.Equal(golden.GetProperty("ci95_champion_logit")[1].GetDouble(), auc.Baseline!.Upper!.Value);
        Golden.Equal(Get("var_challenger"), Math.Pow(auc.Challenger.StandardError!.Value, 2));
    }

    [Theory]
    [InlineData("late", "metrics/pred-late.csv", null)]
    [InlineData("adult", "fairness/pred-adult.csv", null)]
    [InlineData("adult_first_500", "fairness/pred-adult.csv", 500)]
    public void A_margin_has_the_bound_and_p_value_of_the_reference(string name, string file, int? take)
    {
        var golden = Golden.Json("gate/gate.json", name, "delong", "non_inferiority");
        var rule = Evaluator.Evaluate(Inputs.Of(Golden.Read(file, take), new() { Rules = [new() { Metric = "auc", NoWorseBy = new(0.01, false) }] })).Rules.Single();

        Golden.Equal(golden.GetProperty("lower95_one_sided").GetDouble(), rule.Lower!.Value);

        // The reference tests "worse by the margin", the harm p-value the opposite side.
        Golden.Equal(1 - golden.GetProperty("p_one_sided").GetDouble(), rule.HarmPValue!.Value);
    }

    [Theory]
    [InlineData("log-loss", "log_loss")]
    [InlineData("brier", "brier")]
    public void A_mean_of_losses_has_the_paired_t_interval_of_scipy(string metric, string key)
        => CheckPairedT(Inputs.TwoSided(Golden.Read("metrics/pred-late.csv"), metric), Golden.Json("gate/gate.json", "late", key));

    [Theory]
    [InlineData("mae", "absolute_error")]
    [InlineData("mse", "squared_error")]
    public void A_mean_of_errors_has_the_paired_t_interval_of_scipy(string metric, string key)
        => CheckPairedT(
            Inputs.TwoSided(Golden.Read("metrics/pred-airtime.csv"), metric, task: ModelTask.Regression),
            Golden.Json("gate/gate.json", "airtime", key));

    [Theory]
    [InlineData("late", "metrics/pred-late.csv", "mcnemar_threshold_0_5", 0.5, null)]
    [InlineData("late", "metrics/pred-late.csv", "mcnemar_threshold_0_2", 0.2, null)]
    [InlineData("adult", "fairness/pred-adult.csv", "mcnemar_threshold_0_5", 0.5, null)]
    [InlineData("adult_first_500", "fairness/pred-adult.csv", "mcnemar_threshold_0_5", 0.5, 500)]
    public void An_accuracy_difference_has_McNemars_p_and_Newcombes_interval(string name, string file, string key, double threshold, int? take)
    {
        var golden = Golden.Json("gate/gate.json", name, key);

        var difference = Inputs.TwoSided(Golden.Read(file, take), "accuracy", threshold).Difference!;

        var exact = golden.GetProperty("champion_only").GetInt64() + golden.GetProperty("challenger_only").GetInt64() < 25;
        Golden.Equal(golden.GetProperty("accuracy_difference").GetDouble(), difference.Value);
        Golden.Equal(golden.GetProperty(exact ? "p_exact" : "p_mid").GetDouble(), difference.PValue!.Value, 1e-6);
        Golden.Equal(golden.GetProperty("ci95_newcombe_paired")[0].GetDouble(), difference.Lower!.Value);
        Golden.Equal(golden.GetProperty("ci95_newcombe_paired")[1].GetDouble(), difference.Upper!.Value);
    }

    [Theory]
    [InlineData("auc_difference", "auc", "metrics/pred-late.csv", 0.5)]
    [InlineData("accuracy_difference_threshold_0_2", "accuracy", "metrics/pred-late.csv", 0.2)]
    [InlineData("rmse_difference", "rmse", "metrics/pred-airtime.csv", 0)]
    public void Given_resamples_give_the_bootstrap_intervals_of_the_reference(string key, string metric, string file, double threshold)
    {
        var golden = Golden.Json("gate/gate.json", "bootstrap_given_indices", key);
        var rows = Golden.Read(file, 500);
        var task = file.Contains("airtime", StringComparison.Ordinal) ? ModelTask.Regression : ModelTask.BinaryClassification;
        IMetricColumn Bind(double[] scores) => MetricCatalogue.Find(task, metric)!.Bind(new(rows.Labels, 2, new([scores]), threshold));
        var (challenger, champion) = (Bind(rows.Challenger), Bind(rows.Champion));
        double Difference(int[] counts) => challenger.Value(counts) - champion.Value(counts);

        double[] resampled = [.. Golden.Lines("gate/bootstrap-indices.csv").Select(line => Difference(Counts(line)))];
        double[] jackknife = [.. Enumerable.Range(0, 500).Select(left => Difference([.. Enumerable.Range(0, 500).Select(row => row == left ? 0 : 1)]))];
        var estimate = Difference([.. Enumerable.Repeat(1, 500)]);

        Golden.Equal(golden.GetProperty("first_three")[0].GetDouble(), resampled[0]);
        Golden.Equal(golden.GetProperty("estimate").GetDouble(), estimate);
        Golden.Equal(golden.GetProperty("z0").GetDouble(), BootstrapInterval.Bias(resampled, estimate));
        Golden.Equal(golden.GetProperty("acceleration").GetDouble(), BootstrapInterval.Acceleration(jackknife));
        Check("percentile", BootstrapInterval.Percentile(resampled, 0.975));
        Check("bca", BootstrapInterval.Corrected(resampled, estimate, jackknife, 0.975));

        void Check(string name, Interval interval)
        {
            Golden.Equal(golden.GetProperty(name)[0].GetDouble(), interval.Lower);
            Golden.Equal(golden.GetProperty(name)[1].GetDouble(), interval.Upper);
        }
    }

    [Theory]
    [InlineData("auc_difference", "auc", 0.5)]
    [InlineData("average_precision_difference", "average-precision", 0.5)]
    [InlineData("f1_difference_threshold_0_2", "f1", 0.2)]
    public void Our_own_resamples_agree_with_the_reference_within_monte_carlo_error(string key, string metric, double threshold)
    {
        var golden = Golden.Json("gate/gate.json", "bootstrap_monte_carlo_pred_late", key);
        var expected = golden.GetProperty("se").GetDouble();

        var rows = Golden.Read("metrics/pred-late.csv");

        var resampled = Bootstrap.Run(
            new()
            {
                Task = ModelTask.BinaryClassification,
                Labels = rows.Labels,
                ClassCount = 2,
                Groups = null,
                Challenger = [new([rows.Challenger])],
                Baseline = [new([rows.Champion])],
                Threshold = threshold,
            },
            [MetricCatalogue.Find(ModelTask.BinaryClassification, metric)!],
            resamples: 2000,
            seed: 42)[0];

        double[] differences = [.. resampled.Challenger.Zip(resampled.Baseline, (challenger, champion) => challenger - champion)];
        var interval = BootstrapInterval.Percentile(differences, 0.975);
        Assert.InRange(Math.Sqrt(MeanVariance.Of(differences)) / expected, 0.92, 1.08);
        Assert.InRange(interval.Lower - golden.GetProperty("percentile95")[0].GetDouble(), -0.3 * expected, 0.3 * expected);
        Assert.InRange(interval.Upper - golden.GetProperty("percentile95")[1].GetDouble(), -0.3 * expected, 0.3 * expected);
    }

    private static int[] Counts(string[] line)
    {
        var counts = new int[500];
        foreach (var row in line)
        {
            counts[int.Parse(row, CultureInfo.InvariantCulture)]++;
        }

        return counts;
    }

    private static void CheckPairedT(MetricResult metric, System.Text.Json.JsonElement golden)
    {
        // The reference subtracts losses; ours is oriented so that larger is better.
        var difference = metric.Difference!;
        Golden.Equal(-golden.GetProperty("mean_difference_challenger_minus_champion").GetDouble(), difference.Value);
        Golden.Equal(golden.GetProperty("se").GetDouble(), difference.StandardError!.Value);
        Golden.Equal(golden.GetProperty("p_t_two_sided").GetDouble(), difference.PValue!.Value, 1e-6);
        Golden.Equal(-golden.GetProperty("ci95_t")[1].GetDouble(), difference.Lower!.Value);
        Golden.Equal(-golden.GetProperty("ci95_t")[0].GetDouble(), difference.Upper!.Value);
    }
}
