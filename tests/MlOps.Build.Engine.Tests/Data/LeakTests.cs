using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

/// <summary>Columns that know the label, and columns that only help.</summary>
public sealed class LeakTests
{
    private const int Rows = 2_000;

    [Fact]
    public void A_column_that_is_the_label_in_disguise_is_named()
    {
        var check = Assert.Single(Leaks("delay", row => Late(row) ? $"{15 + (row % 40)}" : $"{row % 15}"));

        Assert.Equal((CheckResult.Warning, "delay", "AUC 1.000"), (check.Result, check.Column, check.Observed));
        Assert.StartsWith("delay: alone it predicts the label (AUC 1.000).", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_that_says_the_opposite()
        => Assert.Equal(CheckResult.Warning, Assert.Single(Leaks("early", row => Late(row) ? "0" : $"{1 + (row % 3)}")).Result);

    [Fact]
    public void So_is_a_word()
        => Assert.Equal("status", Assert.Single(Leaks("status", row => Late(row) ? "refunded" : row % 2 == 0 ? "closed" : "open")).Column);

    [Fact]
    public void A_column_that_is_filled_in_only_after_the_fact_is_named()
    {
        var check = Assert.Single(Leaks("reason", row => Late(row) && row % 10 > 0 ? $"{row * 7919 % 100}" : string.Empty));

        Assert.Equal((CheckResult.Warning, "reason"), (check.Result, check.Column));
        Assert.StartsWith("reason: whether it is missing predicts the label (AUC 0.9", check.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_feature_is_no_leak()
    {
        var check = Assert.Single(Leaks("distance", row => $"{(row * 7919 % 1000) + (Late(row) ? 400 : 0)}"));

        Assert.Equal((CheckResult.Pass, (string?)null), (check.Result, check.Column));
    }

    [Fact]
    public void A_word_for_each_row_is_no_leak()
        => Assert.Equal(CheckResult.Pass, Assert.Single(Leaks("plane", row => $"P{row}")).Result);

    [Fact]
    public void What_no_trainer_sees_cannot_leak()
        => Assert.Equal(CheckResult.Pass, Assert.Single(Leaks("delay", row => Late(row) ? "1" : "0", ignore: ["delay"])).Result);

    [Fact]
    public void A_number_that_follows_another_one_is_named()
    {
        var leak = Assert.Single(Leaks("cents", row => $"{(row * 7919 % 1000) * 100}", task: ModelTask.Regression, label: row => $"{row * 7919 % 1000}"));
        var helpful = Assert.Single(Leaks("weight", row => $"{(row * 7919 % 1000) + (row * 104729 % 600)}", task: ModelTask.Regression, label: row => $"{row * 7919 % 1000}"));

        Assert.Equal((CheckResult.Warning, "rank correlation 1.000"), (leak.Result, leak.Observed));
        Assert.Equal(CheckResult.Pass, helpful.Result);
    }

    [Fact]
    public void A_class_of_a_few_rows_proves_nothing()
        => Assert.Equal(CheckResult.Pass, Assert.Single(Leaks("x", row => row < 10 ? "1" : "0", label: row => row < 10 ? "1" : "0")).Result);

    [Theory]
    [InlineData("number", "AUC 1.000")]
    [InlineData("word", "AUC 1.000")]
    public void Of_several_classes_a_column_that_names_them_is_named(string kind, string observed)
    {
        var check = Assert.Single(Leaks("code", row => kind == "number" ? $"{(Class(row) * 7) + 3}" : $"k{Class(row)}{row % 2}", task: ModelTask.MulticlassClassification, label: row => $"class {Class(row)}"));

        Assert.Equal((CheckResult.Warning, "code", observed), (check.Result, check.Column, check.Observed));
    }

    [Fact]
    public void Of_several_classes_missing_values_that_tell_one_of_two_large_ones_are_named()
        => Assert.StartsWith(
            "reason: whether it is missing predicts the label (AUC 0.9",
            Assert.Single(Leaks("reason", row => Late(row) ? string.Empty : $"{row * 7919 % 1000}", task: ModelTask.MulticlassClassification, label: row => Late(row) ? "late" : row % 50 == 0 ? "gone" : "fine")).Sentence,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(300)]
    [InlineData(10)]
    public void Of_several_classes_a_good_feature_is_no_leak(int step)
        => Assert.Equal(
            CheckResult.Pass,
            Assert.Single(Leaks("distance", row => $"{((row * 7919 % 1000) + (Class(row) * 300)) / step}", task: ModelTask.MulticlassClassification, label: row => $"class {Class(row)}")).Result);

    private static int Class(int row) => row * 104_729 % 997 % 4;

    private static bool Late(int row) => row * 104_729 % 997 < 300;

    private static DataCheck[] Leaks(
        string column, Func<int, string> value, string[]? ignore = null, ModelTask task = ModelTask.BinaryClassification, Func<int, string>? label = null)
    {
        using var data = new Preparation();
        label ??= row => Late(row) ? "1" : "0";
        data.Folder.WithCsv("a.csv", [$"id,{column},late", .. Enumerable.Range(0, Rows).Select(row => $"r{row},{value(row)},{label(row)}")]);
        var configuration = new DataConfiguration { Source = "a.csv", Id = ["id"], Label = "late", Ignore = ignore ?? [] };
        data.Data = configuration;
        var plan = new DataPlan
        {
            Data = configuration,
            Split = new(),
            Sample = new(),
            Task = task,
            Mode = RunMode.Full,
            SnapshotDigest = Preparation.Snapshot,
        };
        var answer = new ValidateHandler(data.Folder.Root, data.Folder.Settings).Handle(plan, TestContext.Current.CancellationToken);
        return [.. answer.Document.Checks.Where(check => check.Check == "leakage")];
    }
}
