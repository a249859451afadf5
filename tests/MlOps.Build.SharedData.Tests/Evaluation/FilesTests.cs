using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.SharedData.Tests.Evaluating;

/// <summary>The predictions of real models as plain files, against what pROC, scipy, statsmodels and Fairlearn's definitions give.</summary>
public sealed class FilesTests : IProgressLog
{
    [Theory]
    [InlineData("late", "metrics/pred-late.csv")]
    [InlineData("adult", "fairness/pred-adult.csv")]
    public void Two_AUCs_are_compared_as_by_pROC(string name, string file)
    {
        var golden = Golden.Json("gate/gate.json", name, "delong");
        double Get(string key) => golden.GetProperty(key).GetDouble();

        var evaluation = Evaluate(file, margin: 0.01, metrics: ["auc"]);

        var auc = evaluation.Auc!;
        Golden.Equal(Get("auc_challenger"), auc.Challenger);
        Golden.Equal(Get("auc_champion"), auc.Baseline);
        Golden.Equal(Get("var_challenger"), auc.ChallengerVariance);
        Golden.Equal(Get("var_champion"), auc.BaselineVariance);
        Golden.Equal(Get("covariance"), auc.Covariance);
        Golden.Equal(Get("difference"), auc.Difference);
        Golden.Equal(Get("se_difference"), auc.StandardError);
        Golden.Equal(Get("z"), auc.Statistic!.Value);
        Golden.Equal(Get("p_two_sided"), auc.PValue, 1e-6);
        Golden.Equal(Get("p_one_sided_challenger_better"), auc.PValueBetter, 1e-6);
        Ends(golden.GetProperty("ci95_difference"), auc.Lower, auc.Upper);
        var own = evaluation.Metrics[0].Challenger!;
        Ends(golden.GetProperty("ci95_challenger_logit"), own.Lower!.Value, own.Upper!.Value);
        Ends(golden.GetProperty("ci95_challenger"), own.Others[0].Lower, own.Others[0].Upper);
        var margin = golden.GetProperty("non_inferiority");
        var answer = evaluation.Metrics[0].Difference!.NonInferiority!;
        Golden.Equal(margin.GetProperty("z").GetDouble(), answer.Statistic!.Value);
        Golden.Equal(margin.GetProperty("p_one_sided").GetDouble(), answer.PValue!.Value, 1e-6);
        Golden.Equal(margin.GetProperty("lower95_one_sided").GetDouble(), answer.LowerBound!.Value);
    }

    [Theory]
    [InlineData("late", "metrics/pred-late.csv", "log-loss", "log_loss")]
    [InlineData("late", "metrics/pred-late.csv", "brier", "brier")]
    [InlineData("airtime", "metrics/pred-airtime.csv", "mae", "absolute_error")]
    [InlineData("airtime", "metrics/pred-airtime.csv", "mse", "squared_error")]
    public void Mean_losses_are_compared_by_the_paired_t_test_of_scipy(string name, string file, string metric, string key)
    {
        var golden = Golden.Json("gate/gate.json", name, key);

        var difference = Evaluate(file, metrics: [metric]).Metrics.Single().Difference!;

        Golden.Equal(golden.GetProperty("mean_difference_challenger_minus_champion").GetDouble(), difference.Value);
        Golden.Equal(golden.GetProperty("se").GetDouble(), difference.StandardError!.Value);
        Golden.Equal(golden.GetProperty("t").GetDouble(), difference.Statistic!.Value);
        Golden.Equal(golden.GetProperty("p_t_two_sided").GetDouble(), difference.PValue!.Value, 1e-6);
        Ends(golden.GetProperty("ci95_t"), difference.Lower!.Value, difference.Upper!.Value);
    }

    [Theory]
    [InlineData("champion", "sex")]
    [InlineData("champion", "race")]
    [InlineData("challenger", "sex")]
    [InlineData("challenger", "age_band")]
    [InlineData("challenger", "race", 500)]
    [InlineData("challenger", "sex&race")]
    [InlineData("challenger", "sex", 1, 0.3)]
    public void Groups_of_people_have_the_fairness_metrics_of_their_definitions(string side, string column, int minimumRows = 1, double threshold = 0.5)
    {
        var key = $"{side}|{column}{(minimumRows > 1 ? "|min_group_500" : threshold == 0.3 ? "|threshold_0_3" : string.Empty)}";
        var golden = Golden.Json("fairness/fairness.json", "results", key);

        var result = Evaluate("fairness/pred-adult.csv", threshold: threshold, groups: [column], minimumRows: minimumRows, metrics: ["accuracy"], score: side).Groups.Single();

        foreach (var (ours, theirs) in Names)
        {
            Golden.Equal(Number(golden.GetProperty(theirs)), result.Metrics.Single(metric => metric.Name == ours).Challenger?.Value ?? double.NaN);
        }

        foreach (var group in golden.GetProperty("groups").EnumerateObject())
        {
            var (rates, own) = (group.Value, result.Groups.Single(found => found.Value == group.Name));
            Assert.Equal(rates.GetProperty("n").GetInt64(), own.Rows);
            Golden.Equal(Number(rates.GetProperty("selection_rate")), own.Challenger.SelectionRate.Value);
            Ends(rates.GetProperty("selection_rate_ci95_wilson"), own.Challenger.SelectionRate.Lower!.Value, own.Challenger.SelectionRate.Upper!.Value);
            Golden.Equal(Number(rates.GetProperty("tpr")), own.Challenger.TruePositiveRate ?? double.NaN);
            Golden.Equal(Number(rates.GetProperty("fpr")), own.Challenger.FalsePositiveRate ?? double.NaN);
            Golden.Equal(Number(rates.GetProperty("mean_score")), own.Challenger.MeanScore);
            Golden.Equal(Number(rates.GetProperty("brier")), own.Challenger.Brier);
        }

        if (golden.TryGetProperty("selection_rate_z_test", out var test))
        {
            var two = result.TwoGroups!;
            Golden.Equal(test.GetProperty("z").GetDouble(), two.Challenger.Statistic!.Value);
            Golden.Equal(test.GetProperty("p").GetDouble(), two.Challenger.PValue, 1e-6);
            Ends(golden.GetProperty("selection_rate_difference_ci95_newcombe"), two.Challenger.Interval.Lower, two.Challenger.Interval.Upper);
            var katz = golden.GetProperty("selection_ratio_ci95_log_katz");
            Golden.Equal(katz.GetProperty("ratio").GetDouble(), two.Challenger.Ratio!.Value);
            Ends(katz.GetProperty("ci"), two.Challenger.RatioInterval!.Lower, two.Challenger.RatioInterval.Upper);
        }
    }

    void IProgressLog.Step(string text)
    {
    }

    void IProgressLog.Detail(string text)
    {
    }

    void IProgressLog.Warn(string text)
    {
    }

    private static readonly (string Ours, string Theirs)[] Names =
    [
        ("demographic-parity-difference", "demographic_parity_difference"), ("demographic-parity-ratio", "demographic_parity_ratio"),
        ("equal-opportunity-difference", "equal_opportunity_difference"), ("equal-opportunity-ratio", "equal_opportunity_ratio"),
        ("false-positive-rate-difference", "fpr_difference"), ("false-positive-rate-ratio", "fpr_ratio"),
        ("equalized-odds-difference", "equalized_odds_difference"), ("equalized-odds-difference-mean", "equalized_odds_difference_mean"),
        ("equalized-odds-ratio", "equalized_odds_ratio"), ("predictive-parity-difference", "predictive_parity_difference"),
        ("accuracy-difference", "accuracy_difference"),
    ];

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? double.NaN : value.GetDouble();

    private static void Ends(JsonElement golden, double lower, double upper)
    {
        Golden.Equal(golden[0].GetDouble(), lower);
        Golden.Equal(golden[1].GetDouble(), upper);
    }

    private PredictionsEvaluation Evaluate(
        string file, double threshold = 0.5, double? margin = null, string[]? groups = null, int minimumRows = 100, string[]? metrics = null, string score = "challenger")
    {
        var path = SharedData.Need("golden/" + file);
        return new FilesHandler(this).Handle(new()
        {
            Predictions = path,
            Score = score,
            Baseline = path,
            BaselineScore = score == "challenger" ? "champion" : "challenger",
            Label = "y",
            Threshold = threshold,
            Margins = margin is { } value ? [(null, new(value, false))] : [],
            Groups = groups ?? [],
            MinimumRows = minimumRows,
            Metrics = metrics ?? [],
            Resamples = 100,
        }).Document;
    }
}
