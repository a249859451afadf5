using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class FilesHandlerTests : IDisposable, IProgressLog
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops files ");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Probabilities_of_several_classes_are_found_by_what_their_columns_begin_with()
    {
        var evaluation = Handle(Golden("pred-penguins.csv", "challenger", "champion"));

        Assert.Equal(ModelTask.MulticlassClassification, evaluation.Task);
        Assert.Equal(333, evaluation.Rows);
        Assert.Equal("row", evaluation.RowId);
        Assert.Equal(["challenger_Adelie", "challenger_Chinstrap", "challenger_Gentoo"], evaluation.Challenger.Columns);
        foreach (var (ours, theirs) in new[] { ("accuracy", "accuracy_micro"), ("macro-f1", "f1_macro"), ("log-loss", "log_loss_nats"), ("auc-ovo", "auc_ovo_macro"), ("top-k@2", "top2_accuracy"), ("mcc", "mcc") })
        {
            Same(Metric(evaluation, ours).Challenger!.Value, "metrics.json", "pred-penguins.csv", "challenger", theirs);
            Same(Metric(evaluation, ours).Baseline!.Value, "metrics.json", "pred-penguins.csv", "champion", theirs);
        }

        Assert.Equal([[143, 3, 0], [2, 64, 2], [0, 4, 115]], evaluation.Challenger.Confusion);
        var chinstrap = evaluation.PerClass.Single(result => result.Class == "Chinstrap");
        Assert.Equal(68, chinstrap.Rows);
        Same(chinstrap.Challenger.Precision!.Value, "metrics.json", "pred-penguins.csv", "challenger", "per_class", "Chinstrap", "precision");
        Same(chinstrap.Baseline!.F1!.Value, "metrics.json", "pred-penguins.csv", "champion", "per_class", "Chinstrap", "f1");
    }

    [Theory]
    [InlineData("penguins")]
    [InlineData("letter")]
    public void Which_rows_are_right_is_compared_by_McNemar_in_every_form(string name)
    {
        var rows = Handle(Golden($"pred-{name}.csv", "challenger", "champion")).Correctness!;

        Same(rows.Both, "gate.json", name, "mcnemar", "both_correct");
        Same(rows.BaselineOnly, "gate.json", name, "mcnemar", "champion_only");
        Same(rows.ChallengerOnly, "gate.json", name, "mcnemar", "challenger_only");
        Same(rows.Neither, "gate.json", name, "mcnemar", "both_wrong");
        Same(rows.Difference, "gate.json", name, "mcnemar", "accuracy_difference");
        Same(rows.StandardError, "gate.json", name, "mcnemar", "se_wald");
        Same(rows.CorrectedStatistic, "gate.json", name, "mcnemar", "chi2_corrected");
        Same(rows.UncorrectedStatistic, "gate.json", name, "mcnemar", "chi2_uncorrected");
        Near(rows.ExactPValue, "gate.json", name, "mcnemar", "p_exact");
        Near(rows.MidPValue, "gate.json", name, "mcnemar", "p_mid");
        Near(rows.CorrectedPValue, "gate.json", name, "mcnemar", "p_corrected");
        Near(rows.UncorrectedPValue, "gate.json", name, "mcnemar", "p_uncorrected");
        CheckEnds(rows.Intervals[0], "gate.json", name, "mcnemar", "ci95_newcombe_paired");
        CheckEnds(rows.Intervals[1], "gate.json", name, "mcnemar", "ci95_wald");
    }

    [Fact]
    public void Predicted_classes_without_probabilities_are_judged_by_what_classes_tell()
    {
        var evaluation = Handle(Golden("pred-letter.csv", "challenger", "champion"));

        Assert.Equal(26, evaluation.Classes.Length);
        Assert.Null(evaluation.Challenger.MeanScore);
        Assert.DoesNotContain(evaluation.Metrics, metric => metric.Name is "log-loss" or "auc-ovr" or "ece");
        Same(Metric(evaluation, "macro-f1").Challenger!.Value, "metrics.json", "pred-letter.csv", "challenger", "f1_macro");
        Assert.Contains(evaluation.Notes, note => note.Contains("without probabilities", StringComparison.Ordinal));
    }

    [Fact]
    public void One_file_without_a_baseline_has_values_and_intervals_and_compares_nothing()
    {
        var evaluation = Handle(new() { Predictions = GoldenPath("pred-ties.csv"), Label = "y", Threshold = 0.45 });

        Assert.Equal(ModelTask.BinaryClassification, evaluation.Task);
        Assert.Null(evaluation.Baseline);
        Assert.Null(evaluation.Auc);
        Assert.Null(evaluation.Correctness);
        Assert.All(evaluation.Metrics, metric => Assert.Null(metric.Difference));
        Assert.All(evaluation.Metrics, metric => Assert.True(metric.Challenger is { Lower: not null, Upper: not null }, metric.Name));
        var accuracy = Metric(evaluation, "accuracy").Challenger!;
        Assert.Equal("Wilson", accuracy.Method);
        CheckEnds(new("Wilson", accuracy.Lower!.Value, accuracy.Upper!.Value), "metrics.json", "pred-ties.csv", "score", "threshold_0.45", "accuracy_ci95_wilson");
        CheckEnds(Other(accuracy, "Clopper-Pearson"), "metrics.json", "pred-ties.csv", "score", "threshold_0.45", "accuracy_ci95_clopper_pearson");
        var precision = Metric(evaluation, "precision").Challenger!;
        CheckEnds(new("Wilson", precision.Lower!.Value, precision.Upper!.Value), "metrics.json", "pred-ties.csv", "score", "threshold_0.45", "precision_ci95_wilson");
    }

    [Fact]
    public void Rows_of_two_files_are_matched_by_their_id_whatever_their_order()
    {
        Write("a.csv", "id,y,score", "r1,1,0.9", "r2,0,0.2", "r3,1,0.6", "r4,0,0.7");
        Write("b.csv", "id,score", "r4,0.1", "r2,0.8", "r1,0.3", "r3,0.4");

        var evaluation = Handle(new() { Predictions = At("a.csv"), Baseline = At("b.csv"), Label = "y", RowId = "id" });

        Assert.Equal("id", evaluation.RowId);
        Assert.Equal(0.75, Metric(evaluation, "auc").Challenger!.Value);
        Assert.Equal(0.5, Metric(evaluation, "auc").Baseline!.Value);
    }

    [Fact]
    public void Without_an_id_rows_are_matched_by_place_and_it_says_so()
    {
        Write("a.csv", "y,score", "1,0.9", "0,0.2", "1,0.6", "0,0.7");
        Write("b.csv", "y,probability", "1,0.3", "0,0.8", "1,0.4", "0,0.1");

        var evaluation = Handle(new() { Predictions = At("a.csv"), Baseline = At("b.csv"), Label = "y" });

        Assert.Null(evaluation.RowId);
        Assert.Equal(0.5, Metric(evaluation, "auc").Baseline!.Value);
        Assert.Contains(evaluation.Notes, note => note.Contains("--row-id", StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_may_be_in_a_file_of_their_own_together_with_the_columns_of_slices()
    {
        Write("labels.csv", "row_id,late,origin", "a,1,JFK", "b,0,JFK", "c,1,EWR", "d,0,EWR");
        Write("head.csv", "row_id,score", "d,0.1", "c,0.9", "b,0.4", "a,0.6");

        var evaluation = Handle(new() { Predictions = At("head.csv"), Labels = At("labels.csv"), Label = "late", Slices = ["origin"] });

        Assert.Equal("row_id", evaluation.RowId);
        Assert.Equal([("origin", "EWR", 2L), ("origin", "JFK", 2L)], evaluation.Slices.Select(slice => (slice.Column, slice.Value!, slice.Rows)));
        Assert.Equal(1, Metric(evaluation, "auc").Challenger!.Value);
    }

    [Fact]
    public void Slices_are_bands_of_numbers_and_pairs_of_columns()
    {
        Write("labels.csv", "row_id,late,origin,hour", "a,1,JFK,5", "b,0,JFK,7.5", "c,1,EWR,22", "d,0,EWR,");
        Write("head.csv", "row_id,score", "d,0.1", "c,0.9", "b,0.4", "a,0.6");

        var evaluation = Handle(new() { Predictions = At("head.csv"), Labels = At("labels.csv"), Label = "late", Slices = ["hour", "origin & hour"], Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Edges = [6] } } });

        Assert.Equal(
            [("hour", "< 6", 1L), ("hour", ">= 6", 2L), ("hour", null, 1L), ("origin & hour", "EWR&>= 6", 1L), ("origin & hour", "EWR&(no value)", 1L), ("origin & hour", "JFK&< 6", 1L), ("origin & hour", "JFK&>= 6", 1L)],
            evaluation.Slices.Select(slice => (slice.Column, slice.Value, slice.Rows)));
    }

    [Fact]
    public void Bands_without_an_effect_are_refused()
    {
        Write("head.csv", "y,score,hour", "1,0.9,4", "0,0.1,9");

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("head.csv"), Label = "y", Score = "score", Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Quantiles = 2 } } })).Problem;

        Assert.Equal(("MLO2344", "Add `--slices hour`."), (problem.Code, problem.Fix));
    }

    [Fact]
    public void Numbers_for_numbers_are_a_regression_and_bias_keeps_its_sign()
    {
        Write("a.csv", "y,prediction", "10,12", "20,21", "31,30", "42,49");

        var evaluation = Handle(new() { Predictions = At("a.csv"), Label = "y" });

        Assert.Equal(ModelTask.Regression, evaluation.Task);
        Assert.Equal("rmse", evaluation.Metrics[0].Name);
        Assert.Equal(2.25, Metric(evaluation, "bias").Challenger!.Value);
        Assert.True(Metric(evaluation, "bias").Challenger!.Lower < 0);
        Assert.Empty(evaluation.Challenger.Confusion);
    }

    [Theory]
    [InlineData("1.0,0.9|0.0,0.2")]
    [InlineData("true,0.9|false,0.2")]
    [InlineData("Yes,0.9|No,0.2")]
    public void Two_labels_are_understood_in_the_usual_ways_of_writing(string rows)
    {
        Write("a.csv", ["y,score", .. rows.Split('|')]);

        var evaluation = Handle(new() { Predictions = At("a.csv"), Label = "y" });

        Assert.Equal(1, Metric(evaluation, "auc").Challenger!.Value);
    }

    [Fact]
    public void A_margin_is_tested_against_the_one_sided_bound()
    {
        var (labels, better, worse) = Two(400);
        Write("a.csv", ["y,a,b", .. labels.Select((label, row) => FormattableString.Invariant($"{label},{better[row]:R},{worse[row]:R}"))]);
        FilesRequest Request(params (string?, Engine.Configuration.Margin)[] margins)
            => new() { Predictions = At("a.csv"), Score = "b", Baseline = At("a.csv"), BaselineScore = "a", Label = "y", Margins = margins };

        var wide = Metric(Handle(Request((null, new(0.5, false)), ("log-loss", new(10, true)))), "auc").Difference!.NonInferiority!;
        var narrow = Handle(Request((null, new(0.001, false)), ("log-loss", new(10, true))));

        Assert.True(wide.Holds);
        Assert.True(wide.PValue < 0.001);
        var auc = Metric(narrow, "auc").Difference!;
        Assert.False(auc.NonInferiority!.Holds);
        GoldenFile.Equal((auc.Value + 0.001) / auc.StandardError!.Value, auc.NonInferiority.Statistic!.Value);
        Assert.Equal(auc.OneSidedLower, auc.NonInferiority.LowerBound);
        Assert.True(Metric(narrow, "log-loss").Difference!.NonInferiority is { Relative: true, Holds: true });
        Assert.Null(Metric(narrow, "brier").Difference!.NonInferiority);
    }

    [Fact]
    public void One_sided_bounds_lie_inside_the_two_sided_interval_and_a_worse_model_is_found_worse()
    {
        var (labels, better, worse) = Two(2000);
        Write("a.csv", ["y,a,b", .. labels.Select((label, row) => FormattableString.Invariant($"{label},{better[row]:R},{worse[row]:R}"))]);

        var evaluation = Handle(new() { Predictions = At("a.csv"), Score = "b", Baseline = At("a.csv"), BaselineScore = "a", Label = "y" });

        foreach (var difference in evaluation.Metrics.Select(metric => metric.Difference!))
        {
            Assert.InRange(difference.OneSidedLower!.Value, difference.Lower!.Value, difference.Value);
            Assert.InRange(difference.OneSidedUpper!.Value, difference.Value, difference.Upper!.Value);
        }

        Assert.Equal(DifferenceFinding.Worse, Metric(evaluation, "auc").Difference!.Finding);
        Assert.Equal(DifferenceFinding.Worse, Metric(evaluation, "log-loss").Difference!.Finding);
        Assert.True(Metric(evaluation, "log-loss").Difference!.Value > 0, "The sign of a difference is not turned.");
        Assert.Equal(["percentile", "basic"], Metric(evaluation, "f1").Difference!.Others.Select(other => other.Method.Split(", ")[1]));
    }

    [Fact]
    public void Equal_scores_in_two_files_are_the_same_and_not_better()
    {
        Write("a.csv", "y,score", "1,0.9", "0,0.2", "1,0.6", "0,0.7");
        Write("b.csv", "y,score", "1,0.9", "0,0.2", "1,0.6", "0,0.7");

        var evaluation = Handle(new() { Predictions = At("a.csv"), Baseline = At("b.csv"), Label = "y" });

        Assert.Equal(DifferenceFinding.Same, Metric(evaluation, "auc").Difference!.Finding);
        Assert.Null(evaluation.Auc!.Statistic);
        Assert.Equal(1, evaluation.Auc.PValue);
    }

    [Fact]
    public void Rows_that_belong_together_make_intervals_wider()
    {
        var (labels, better, _) = Two(400);
        string[] lines = [.. labels.SelectMany((label, row) => Enumerable.Repeat(FormattableString.Invariant($"{label},{better[row]:R},c{row}"), 5))];
        Write("a.csv", ["y,score,customer", .. lines]);

        var alone = Metric(Handle(new() { Predictions = At("a.csv"), Label = "y", Score = "score", Metrics = ["log-loss", "f1"] }), "log-loss").Challenger!;
        var together = Handle(new() { Predictions = At("a.csv"), Label = "y", Blocks = "customer", Metrics = ["log-loss", "f1"] });

        Assert.Equal("customer", together.Blocks);
        Assert.InRange(Metric(together, "log-loss").Challenger!.StandardError!.Value / alone.StandardError!.Value, 2.2, 2.3);
        Assert.EndsWith("by group", Metric(together, "f1").Challenger!.Method, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MLO2306", "y,score|1,0.5|0,0.4", "label", null, "--label")]
    [InlineData("MLO2306", "y,a,b|1,0.5,0.1|0,0.4,0.2", "y", null, "--score")]
    [InlineData("MLO2306", "y,a,b|1,0.5,0.1|0,0.4,0.2", "y", "scores", "--score")]
    [InlineData("MLO2308", "y,score|1,0.5|0,", "y", null, "0 to 1")]
    [InlineData("MLO2308", "y,score|1,NaN|0,0.4", "y", null, "0 to 1")]
    [InlineData("MLO2310", "y,score|1,0.5|,0.4", "y", null, "label for every row")]
    [InlineData("MLO2310", "y,score|1,0.5|1,0.4", "y", null, "every class")]
    [InlineData("MLO2310", "y,score|a,0.5|b,0.4", "y", null, "--positive")]
    [InlineData("MLO2310", "y,score|a,0.5|b,0.4|c,0.4", "y", null, "--task")]
    [InlineData("MLO2310", "y,score", "y", null, "every row")]
    [InlineData("MLO2308", "y,score|1,1e200|2,3|3,4", "y", null, "finite number")]
    [InlineData("MLO2310", "y,score|1e200,1|2,3|3,4", "y", null, "--label")]
    [InlineData("MLO2344", "y,score|1,0.5|0,0.4", "y", "y", "--score")]
    public void A_file_that_cannot_be_judged_says_why_and_what_to_do(string code, string rows, string label, string? score, string fix)
    {
        Write("a.csv", rows.Split('|'));

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Label = label, Score = score })).Problem;

        Assert.Equal(code, problem.Code);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,score|r1,0.3|r2,0.4", "missing or repeated: 'r3'")]
    [InlineData("id,score|r1,0.3|r2,0.4|r3,0.4|r4,0.1", "not in")]
    [InlineData("id,score|r1,0.3|r2,0.4|r3,0.4|r3,0.1", "'r3' comes twice")]
    [InlineData("id,score|r1,0.3|r2,0.4|,0.4", "Row 3 has no id")]
    public void Rows_that_only_one_file_has_are_refused(string rows, string why)
    {
        Write("a.csv", "id,y,score", "r1,1,0.9", "r2,0,0.2", "r3,1,0.6");
        Write("b.csv", rows.Split('|'));

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Baseline = At("b.csv"), Label = "y", RowId = "id" })).Problem;

        Assert.Equal("MLO2307", problem.Code);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y,score|1,0.3|0,0.4", "2 rows")]
    [InlineData("y,score|1,0.3|0,0.4|0,0.4", "row 3 differs")]
    public void Rows_matched_by_place_have_to_agree(string rows, string why)
    {
        Write("a.csv", "y,score", "1,0.9", "0,0.2", "1,0.6");
        Write("b.csv", rows.Split('|'));

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Baseline = At("b.csv"), Label = "y" })).Problem;

        Assert.Equal("MLO2307", problem.Code);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void One_column_of_one_file_is_not_compared_with_itself()
    {
        Write("a.csv", "y,score", "1,0.9", "0,0.2");

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Baseline = At("./a.csv"), Label = "y" })).Problem;

        Assert.Equal("MLO2301", problem.Code);
    }

    [Theory]
    [InlineData("auc")]
    [InlineData(null)]
    public void Two_margins_of_one_metric_are_refused(string? second)
    {
        Write("a.csv", "y,score", "1,0.9", "0,0.2");

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Label = "y", Margins = [("auc", new(0.01, false)), (second, new(0.02, false))] })).Problem;

        Assert.Equal("MLO2344", problem.Code);
    }

    [Fact]
    public void A_column_of_ids_is_not_cut_into_slices()
    {
        Write("a.csv", ["id,y,score", .. Enumerable.Range(0, 1001).Select(row => FormattableString.Invariant($"r{row},{row % 2},0.{row}"))]);

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Label = "y", Slices = ["id"] })).Problem;

        Assert.Equal("MLO2344", problem.Code);
        Assert.Contains("1,001 distinct values", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_near_the_limit_are_judged_and_give_finite_documents()
    {
        Write("a.csv", "y,a,b", "1e75,-1e75,0", "-1e75,1e75,5", "0,3,1e75");

        var evaluation = Handle(new() { Predictions = At("a.csv"), Score = "a", Baseline = At("a.csv"), BaselineScore = "b", Label = "y" });

        Assert.NotEmpty(Documents.Write(evaluation));
    }

    [Theory]
    [InlineData("acuracy", "accuracy")]
    [InlineData("rmse", "regression")]
    public void A_metric_that_is_not_there_is_named_with_those_that_are(string metric, string told)
    {
        Write("a.csv", "y,score", "1,0.9", "0,0.2");

        var problem = Assert.Throws<ProblemException>(() => Handle(new() { Predictions = At("a.csv"), Label = "y", Metrics = [metric] })).Problem;

        Assert.Equal("MLO2304", problem.Code);
        Assert.Contains(told, problem.Why + problem.Fix, StringComparison.Ordinal);
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

    private static (int[] Labels, double[] Better, double[] Worse) Two(int rows)
    {
        var random = new Xoshiro256(7);
        int[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < 0.3 ? 1 : 0)];
        double[] Scores(double noise) => [.. labels.Select(label => Math.Clamp((label * 0.4) + 0.2 + (noise * (random.NextDouble() - 0.5)), 0.01, 0.99))];
        return (labels, Scores(0.7), Scores(1.6));
    }

    private static string GoldenPath(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    private static FilesRequest Golden(string name, string score, string baseline)
        => new() { Predictions = GoldenPath(name), Score = score, Baseline = GoldenPath(name), BaselineScore = baseline, Label = "y", RowId = "row" };

    private static void Same(double actual, params string[] path) => GoldenFile.Equal(GoldenFile.Json(path[0], path[1..]).GetDouble(), actual);

    private static void Near(double actual, params string[] path) => GoldenFile.Equal(GoldenFile.Json(path[0], path[1..]).GetDouble(), actual, 1e-6);

    private static void CheckEnds(NamedInterval interval, params string[] path)
    {
        var golden = GoldenFile.Json(path[0], path[1..]);
        GoldenFile.Equal(golden[0].GetDouble(), interval.Lower);
        GoldenFile.Equal(golden[1].GetDouble(), interval.Upper);
    }

    private static NamedInterval Other(IntervalEstimate estimate, string method) => estimate.Others.Single(other => other.Method == method);

    private static PredictionMetric Metric(PredictionsEvaluation evaluation, string name) => evaluation.Metrics.Single(metric => metric.Name == name);

    private PredictionsEvaluation Handle(FilesRequest request) => new FilesHandler(this).Handle(request with { Resamples = 200 }).Document;

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Write(string name, params string[] lines)
        => File.WriteAllText(At(name), string.Create(CultureInfo.InvariantCulture, $"{string.Join('\n', lines)}\n"));
}
