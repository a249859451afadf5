using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Templates.Tests;

public sealed class ConfigurationTests(PackedTemplate template)
{
    [Theory]
    [InlineData("binary", ModelTask.BinaryClassification, "late", "delay,arrival")]
    [InlineData("multiclass", ModelTask.MulticlassClassification, "arrival", "delay,late")]
    [InlineData("regression", ModelTask.Regression, "delay", "late,arrival")]
    public async Task Each_task_has_its_label_and_ignores_the_other_answers(
        string task, ModelTask expected, string label, string ignored)
    {
        var project = await template.NewAsync("Flights", "--no-restore", "--task", task);

        var result = ConfigurationReader.TryRead(project.Folder);
        Assert.Empty(result.Problems);
        var configuration = result.Configuration;
        Assert.Equal(expected, configuration.Task);
        Assert.Equal(label, configuration.Data.Label);
        Assert.Equal(ignored.Split(','), configuration.Data.Ignore);
        Assert.Equal("date", configuration.Data.Time);
        Assert.Equal(["origin"], configuration.Data.Slices);
        Assert.Equal(SplitMethod.Time, configuration.Split.By);
        Assert.True(project.Has(configuration.Data.Source));
    }

    [Theory]
    [InlineData("binary", "auc")]
    [InlineData("multiclass", "macro-f1")]
    [InlineData("regression", "rmse")]
    public async Task Each_task_has_a_floor_a_margin_and_a_rule_for_slices(string task, string primary)
    {
        var project = await template.NewAsync("Flights", "--no-restore", "--task", task);

        var gate = ConfigurationReader.Read(project.Folder).Gate;
        Assert.Equal(primary, gate.Primary);
        var first = gate.Rules[0];
        Assert.Equal(primary, first.Metric);
        Assert.NotNull(first.NoWorseBy);
        Assert.True(first.AtLeast is not null || first.AtMost is not null);
        Assert.Contains(gate.Rules, rule => rule.Slices.SequenceEqual(["origin"]));
    }

    [Theory]
    [InlineData("mlops.yml")]
    [InlineData("mlops.multiclass.yml")]
    [InlineData("mlops.regression.yml")]
    public void Each_file_is_right_as_it_stands_in_the_repository(string file)
    {
        var result = ConfigurationReader.Parse(File.ReadAllText(Path.Combine(Repository.Content, file)), file);

        Assert.Empty(result.Problems);
    }
}
