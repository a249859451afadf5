using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Tests.Training;

public class EventLineTests
{
    [Fact]
    public void A_step_has_a_metric_and_a_value()
    {
        var parsed = EventLine.TryParse("""{ "step": 12, "metric": "validation-auc", "value": 0.741, "at": "2026-11-22T16:40:11Z" }""");

        Assert.Equal((12, "validation-auc", 0.741), (parsed!.Step, parsed.Metric, parsed.Value));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("null")]
    public void What_python_writes_for_no_number_is_understood(string value)
    {
        var parsed = EventLine.TryParse($$"""{"step": 1, "metric": "loss", "value": {{value}}}""");

        Assert.NotNull(parsed);
        Assert.Null(parsed.Value);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"step": "one"}""")]
    [InlineData("""{"step": 1, "value": 1e999}""")]
    [InlineData("""{"message": "half""")]
    public void Anything_else_is_no_event(string line) => Assert.Null(EventLine.TryParse(line));

    [Fact]
    public void A_message_may_speak_of_NaN()
        => Assert.Equal("value: NaN", EventLine.TryParse("""{"message": "value: NaN"}""")!.Message);
}
