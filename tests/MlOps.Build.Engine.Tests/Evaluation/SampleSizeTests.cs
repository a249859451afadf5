using System.Text.Json;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class SampleSizeTests
{
    [Fact]
    public void Paired_accuracy_needs_the_rows_of_Connor()
    {
        foreach (var question in Questions("mcnemar_connor_1987_one_sided"))
        {
            var rows = SampleSize.PairedAccuracy(
                Get(question, "discordant"), Get(question, "difference"), Get(question, "alpha"), Get(question, "power"));

            Assert.Equal(question.GetProperty("n").GetInt64(), rows);
        }
    }

    [Fact]
    public void The_standard_error_of_an_auc_is_that_of_Hanley_and_McNeil()
    {
        foreach (var question in Questions("hanley_mcneil_se"))
        {
            var error = SampleSize.AucStandardError(Get(question, "auc"), Get(question, "positives"), Get(question, "negatives"));

            GoldenFile.Equal(Get(question, "se"), error);
        }
    }

    [Fact]
    public void To_show_that_an_auc_is_not_worse_needs_the_rows_of_the_reference()
    {
        foreach (var question in Questions("auc_noninferiority_n_total"))
        {
            var rows = SampleSize.AucNotWorse(
                Get(question, "auc"), Get(question, "correlation"), Get(question, "margin"),
                Get(question, "prevalence"), Get(question, "alpha"), Get(question, "power"));

            Assert.Equal(question.GetProperty("n").GetInt64(), rows);
        }
    }

    [Fact]
    public void To_show_that_a_mean_is_not_worse_needs_the_rows_of_the_reference()
    {
        foreach (var question in Questions("paired_mean_noninferiority"))
        {
            var rows = SampleSize.PairedMeanNotWorse(
                Get(question, "sd_diff"), Get(question, "margin"), Get(question, "alpha"), Get(question, "power"));

            Assert.Equal(question.GetProperty("n").GetInt64(), rows);
        }
    }

    private static IEnumerable<JsonElement> Questions(string name) => GoldenFile.Json("power.json", name).EnumerateArray();

    private static double Get(JsonElement question, string name) => question.GetProperty(name).GetDouble();
}
