namespace MlOps.Build.Tool.Tests.Verbs;

public sealed class ReportCommandTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    public async Task A_project_without_verdicts_has_nothing_to_report(string format)
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync("report", "--output", format);

        Assert.Equal(3, exit);
        Assert.Contains("MLO2801", tool.Error + tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_run_is_named()
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync("report", "--run", "01JX");

        Assert.Equal(2, exit);
        Assert.StartsWith("error MLO2406: There is no single run '01JX'.", tool.Error, StringComparison.Ordinal);
    }
}
