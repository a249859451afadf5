using MlOps.Build.Analyzers.Tests.Harness;
using MlOps.Build.Analyzers.Tracking;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Tracking.ThresholdMetricAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Tracking;

public sealed class ThresholdMetricTests
{
    [Theory]
    [InlineData("if ({?m.Accuracy?} > 0.9) { }")]
    [InlineData("if (0.9 <= {?m.F1Score?} && ready) { }")]
    [InlineData("if ({?ml.BinaryClassification.Evaluate(data).PositiveRecall?} < 0.5) { }")]
    [InlineData("var x = {?c.MicroAccuracy?} >= 0.9 ? 1 : 2;")]
    [InlineData("bool IsGood() => {?m.Accuracy?} > 0.9;")]
    [InlineData("var good = new[] { m }.Where(one => {?one.F1Score?} > 0.9 && ready);")]
    public Task One_metric_of_the_threshold_is_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("if (m.Accuracy > 0.9 && m.AreaUnderRocCurve > 0.8) { }")]
    [InlineData("if (m.AreaUnderRocCurve > 0.8) { }")]
    [InlineData("if (c.LogLoss < 0.8) { }")]
    [InlineData("if (r.RSquared > 0.8) { }")]
    [InlineData("if (m.Accuracy == 1) { }")]
    [InlineData("if (own.Accuracy > 0.9) { }")]
    [InlineData("var x = m.Accuracy;")]
    [InlineData("bool IsGood() => m.Accuracy > 0.9 && m.AreaUnderRocCurve > 0.8;")]
    [InlineData("double Twice() => 2 * m.Accuracy;")]
    [InlineData("Console.ForegroundColor = m.Accuracy > 0.9 ? ConsoleColor.Green : ConsoleColor.Red;")]
    [InlineData("Console.WriteLine($\"{(m.Accuracy > 0.9 ? \"fine\" : \"poor\")}\");")]
    public Task Two_metrics_others_and_no_decision_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("if (m.Accuracy > ) { }")]
    [InlineData("if (m.) { }")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<ThresholdMetricAnalyzer>();

    private static string Around(string body) =>
        $$"""
        class Own { public double Accuracy; }

        class C
        {
            void M(MLContext ml, IDataView data, BinaryClassificationMetrics m, MulticlassClassificationMetrics c, RegressionMetrics r, Own own, bool ready)
            {
                {{body}}
            }
        }
        """;
}
