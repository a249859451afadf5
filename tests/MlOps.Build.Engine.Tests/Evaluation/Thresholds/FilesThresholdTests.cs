using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Thresholds of plain files, chosen on validation rows.</summary>
public sealed class FilesThresholdTests : IDisposable, IProgressLog
{
    private static readonly ThresholdRule Youden = ThresholdRule.Of("youden")!;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops thresholds ");

    public FilesThresholdTests()
    {
        Write("test.csv", "id,y,part,old,new", "t1,1,a,0.30,0.70", "t2,0,a,0.10,0.55", "t3,1,b,0.25,0.20", "t4,0,b,0.05,0.10");
        Write("valid.csv", "id,y,old,new", "v1,1,0.30,0.80", "v2,1,0.20,0.60", "v3,0,0.10,0.50", "v4,0,0.05,0.20");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Each_model_is_judged_at_the_threshold_that_its_own_validation_scores_choose()
    {
        var evaluation = Handle(Both);

        var choice = evaluation.ThresholdChoice!;
        Assert.Equal((0.6, 0.6, 0.2), (evaluation.Threshold, choice.Challenger.Single().Threshold, choice.Baseline.Single().Threshold));
        Assert.Equal(("youden", 4, 2), (choice.Rule, choice.Rows, choice.Positives));
        Assert.Equal([[2, 0], [1, 1]], evaluation.Challenger.Confusion);
        Assert.Equal([[2, 0], [0, 2]], evaluation.Baseline!.Confusion);
        Assert.Equal(0.75, evaluation.Metrics.Single(metric => metric.Name == "accuracy").Challenger!.Value);
        Assert.Equal(1, evaluation.Metrics.Single(metric => metric.Name == "accuracy").Baseline!.Value);
        Assert.Equal((3, 1), (evaluation.Correctness!.Both, evaluation.Correctness.BaselineOnly));
    }

    [Fact]
    public void Slices_and_groups_are_counted_at_the_same_thresholds()
    {
        var evaluation = Handle(Both with { Slices = ["part"], Groups = ["part"], MinimumRows = 1 });

        double? Recall(string part, Func<PredictionMetric, IntervalEstimate?> side)
            => side(evaluation.Slices.Single(slice => slice.Value == part).Metrics.Single(metric => metric.Name == "recall"))?.Value;
        Assert.Equal((1, 0), (Recall("a", metric => metric.Challenger), Recall("b", metric => metric.Challenger)));
        Assert.Equal((1, 1), (Recall("a", metric => metric.Baseline), Recall("b", metric => metric.Baseline)));
        var groups = evaluation.Groups.Single().Groups;
        Assert.Equal([0.5, 0], groups.Select(group => group.Challenger.SelectionRate.Value));
        Assert.Equal([0.5, 0.5], groups.Select(group => group.Baseline!.SelectionRate.Value));
    }

    [Fact]
    public void A_threshold_that_is_given_is_said_without_a_choice()
    {
        var evaluation = Handle(Both with { Choose = null, Validation = null, Threshold = 0.4 });

        Assert.Equal(0.4, evaluation.Threshold);
        Assert.Null(evaluation.ThresholdChoice);
        Assert.DoesNotContain("thresholdChoice", System.Text.Encoding.UTF8.GetString(Documents.Write(evaluation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_validation_rows_nothing_is_chosen()
    {
        var problem = Refused(Both with { Validation = null });

        Assert.Equal("MLO2975", problem.Code);
        Assert.Contains("looks better than it is", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_in_a_file_of_its_own_needs_validation_rows_of_its_own()
    {
        Write("main.csv", "id,old", "t1,0.30", "t2,0.10", "t3,0.25", "t4,0.05");
        Write("main-valid.csv", "id,old", "v4,0.05", "v3,0.10", "v2,0.20", "v1,0.30");
        var request = Both with { Baseline = At("main.csv") };

        Assert.Equal("MLO2975", Refused(request).Code);
        Assert.Equal(0.2, Handle(request with { BaselineValidation = At("main-valid.csv") }).ThresholdChoice!.Baseline.Single().Threshold);
    }

    [Theory]
    [InlineData("t2,1,0.1,0.2", "t2")]
    [InlineData(null, "predictions that are evaluated")]
    public void Rows_that_judge_the_threshold_do_not_choose_it(string? row, string told)
    {
        Write("valid.csv", "id,y,old,new", "v1,1,0.30,0.80", "v2,0,0.20,0.60", row ?? "v3,1,0.1,0.1");

        var problem = Refused(row is null ? Both with { Validation = At("test.csv") } : Both);

        Assert.Equal("MLO2976", problem.Code);
        Assert.Contains(told, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Validation_rows_of_one_class_choose_nothing(string label)
    {
        Write("valid.csv", "id,y,old,new", $"v1,{label},0.30,0.80", $"v2,{label},0.20,0.60");

        var problem = Refused(Both);

        Assert.Equal("MLO2974", problem.Code);
        Assert.Contains($"Every row is of the class '{label}'", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_models_of_two_classes_have_a_threshold()
    {
        Write("test.csv", "y,score", "10,12", "20,21", "31,30");

        Assert.Equal("MLO2975", Refused(new() { Predictions = At("test.csv"), Label = "y", Choose = Youden, Validation = At("valid.csv") }).Code);
    }

    private FilesRequest Both => new()
    {
        Predictions = At("test.csv"),
        Baseline = At("test.csv"),
        Score = "new",
        BaselineScore = "old",
        Label = "y",
        RowId = "id",
        Choose = Youden,
        Validation = At("valid.csv"),
    };

    void IProgressLog.Step(string text)
    {
    }

    void IProgressLog.Detail(string text)
    {
    }

    void IProgressLog.Warn(string text)
    {
    }

    private Problem Refused(FilesRequest request) => Assert.Throws<ProblemException>(() => Handle(request)).Problem;

    private PredictionsEvaluation Handle(FilesRequest request) => new FilesHandler(this).Handle(request with { Resamples = 100 }).Document;

    private string At(string name) => Path.Combine(folder.FullName, name);

    private void Write(string name, params string[] lines) => File.WriteAllText(At(name), string.Join('\n', lines) + "\n");
}
