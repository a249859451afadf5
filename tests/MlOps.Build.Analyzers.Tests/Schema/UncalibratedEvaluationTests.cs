using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.UncalibratedEvaluationAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.UncalibratedEvaluationFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class UncalibratedEvaluationTests
{
    [Theory]
    [InlineData("AveragedPerceptron()")]
    [InlineData("LinearSvm()")]
    [InlineData("LdSvm()")]
    [InlineData("SdcaNonCalibrated()")]
    [InlineData("SgdNonCalibrated()")]
    [InlineData("FastForest()")]
    public async Task A_trainer_without_probabilities_is_an_error(string trainer)
    {
        await Rule.Says(Around($"_ = [!bc.Evaluate(bc.Trainers.{trainer}.Fit(train).Transform(test))!];"));
        await Rule.Says(Around($"_ = [!bc.CrossValidate(train, bc.Trainers.{trainer})!];"));
    }

    [Theory]
    [InlineData("var m = bc.Trainers.LinearSvm().Fit(train); var s = m.Transform(test); _ = [!bc.Evaluate(s)!];")]
    [InlineData("var p = prep.Append(bc.Trainers.LinearSvm()); var m = p.Fit(train); _ = [!bc.Evaluate(m.Transform(test))!];")]
    [InlineData("ITransformer m = prep.Append(bc.Trainers.LinearSvm()).Fit(train); _ = [!bc.Evaluate(m.Transform(test))!];")]
    [InlineData("var t = bc.Trainers.LinearSvm(); var p = prep.AppendCacheCheckpoint(ml).Append(t); _ = [!bc.CrossValidate(train, p)!];")]
    [InlineData("var p = bc.Trainers.LinearSvm().Append(ml.Transforms.CopyColumns(\"Q\", \"Score\")); _ = [!bc.CrossValidate(train, p)!];")]
    [InlineData("_ = [!bc.Evaluate(bc.Trainers.LinearSvm().Fit(train).Transform(test), \"Label\", \"Score\", \"Probability\")!];")]
    public Task The_trainer_is_followed_through_locals(string body) => Rule.Says(
        Around("var prep = ml.Transforms.Concatenate(\"Features\", \"A\"); " + body));

    [Theory]
    [InlineData("_ = bc.Evaluate(bc.Trainers.LbfgsLogisticRegression().Fit(train).Transform(test));")]
    [InlineData("_ = bc.CrossValidate(train, bc.Trainers.SdcaLogisticRegression());")]
    [InlineData("_ = bc.EvaluateNonCalibrated(bc.Trainers.LinearSvm().Fit(train).Transform(test));")]
    [InlineData("_ = bc.CrossValidateNonCalibrated(train, bc.Trainers.LinearSvm());")]
    [InlineData("_ = bc.CrossValidate(train, bc.Trainers.LinearSvm().Append(bc.Calibrators.Platt()));")]
    [InlineData("_ = bc.CrossValidate(train, bc.Trainers.LinearSvm().Append(unknown));")]
    [InlineData("_ = bc.CrossValidate(train, bc.Trainers.LinearSvm().Append(Make()));")]
    [InlineData("_ = bc.CrossValidate(train, unknown.Append(bc.Trainers.LinearSvm()));")]
    [InlineData("_ = bc.CrossValidate(train, bc.Trainers.LinearSvm().Append(ml.Transforms.CopyColumns(\"Probability\", \"Score\")));")]
    [InlineData("_ = bc.Evaluate(bc.Trainers.LinearSvm().Fit(train).Transform(test), probabilityColumnName: \"P\");")]
    [InlineData("_ = bc.Evaluate(test);")]
    [InlineData("IEstimator<ITransformer> p = bc.Trainers.LinearSvm(); p = p.Append(bc.Calibrators.Platt()); _ = bc.CrossValidate(train, p);")]
    [InlineData("ITransformer m = bc.Trainers.LinearSvm().Fit(train); Change(ref m); _ = bc.Evaluate(m.Transform(test));")]
    [InlineData("_ = ml.Regression.Evaluate(ml.Regression.Trainers.FastForest().Fit(train).Transform(test));")]
    public Task Calibrated_or_unknown_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_call_the_trainer_and_the_remedy()
    {
        var code = new Code((Code.FileName, Around("_ = bc.CrossValidate(train, bc.Trainers.LdSvm());")));

        var finding = Assert.Single(await code.Findings<UncalibratedEvaluationAnalyzer>());

        Assert.Equal(
            "'CrossValidate' throws, because models of 'LdSvm' give a score and no probability. "
            + "Call 'CrossValidateNonCalibrated', or append a calibrator such as Calibrators.Platt().",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("bc.Evaluate(s)", "bc.EvaluateNonCalibrated(s)")]
    [InlineData("bc.Evaluate(s, \"Label\", \"Score\", \"Probability\", \"P\")", "bc.EvaluateNonCalibrated(s, \"Label\", \"Score\", \"P\")")]
    [InlineData("bc.Evaluate(s, probabilityColumnName: \"Probability\")", "bc.EvaluateNonCalibrated(s)")]
    [InlineData("bc.CrossValidate(train, t, 3 /* few */)", "bc.CrossValidateNonCalibrated(train, t, 3 /* few */)")]
    public Task The_fix_asks_for_no_probability(string before, string after) => Rule.Mends(
        Around($"var t = bc.Trainers.LinearSvm(); var s = t.Fit(train).Transform(test); var a = [!{before}!]; // one\n_ = [!{before}!];"),
        Around($"var t = bc.Trainers.LinearSvm(); var s = t.Fit(train).Transform(test); var a = {after}; // one\n_ = {after};"));

    [Theory]
    [InlineData("_ = [!bc.Evaluate(s)!].LogLoss;")]
    [InlineData("CalibratedBinaryClassificationMetrics m = [!bc.Evaluate(s)!];")]
    public Task No_fix_is_offered_where_the_code_needs_probabilities(string body) => Rule.HasNoFixFor(
        Around("var s = bc.Trainers.LinearSvm().Fit(train).Transform(test); " + body));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "bc.Evaluate(", "bc.Evaluate();", "var s = s.Transform(s); bc.Evaluate(s);", "bc.CrossValidate(train, bc.Trainers.LinearSvm(", "var p = p.Append(p); bc.CrossValidate(train, p);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<UncalibratedEvaluationAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class C
        {
            void M(MLContext ml, BinaryClassificationCatalog bc, IDataView train, IDataView test, IEstimator<ITransformer> unknown)
            {
                {{body}}
            }

            void Change(ref ITransformer model) { }
            IEstimator<ITransformer> Make() => null;
        }
        """;
}
