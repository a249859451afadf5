using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Leakage.ChosenOnTestAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.SamplingKeyFix>;

namespace MlOps.Build.Analyzers.Tests.Leakage;

public sealed class ChosenOnTestTests
{
    [Theory]
    [InlineData("foreach (var rate in rates) { var m = ml.Regression.Trainers.FastTreeLike(rate).Fit(s.TrainSet); var e = {?ml.Regression.Evaluate(m.Transform(s.TestSet))?}; }")]
    [InlineData("for (var i = 0; i < 3; i++) { var e = {?ml.BinaryClassification.Evaluate(pipelines[i].Fit(s.TrainSet).Transform(s.TestSet))?}; }")]
    [InlineData("var i = 0; while (i++ < 3) { var e = {?ml.Regression.Evaluate(pipelines[i].Fit(train).Transform(test))?}; }")]
    [InlineData("foreach (var p in pipelines) { var e = {?ml.Regression.Evaluate(p.Fit(given.TrainSet).Transform(given.TestSet))?}; }")]
    [InlineData("foreach (var p in pipelines) { var e = {?ml.Regression.Evaluate(p.Fit(_held.TrainSet).Transform(_held.TestSet))?}; }")]
    public Task Candidates_that_the_test_rows_compare_are_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("foreach (var fold in ml.Data.CrossValidationSplit(data)) { var e = ml.Regression.Evaluate(pipelines[0].Fit(fold.TrainSet).Transform(fold.TestSet)); }")]
    [InlineData("for (var seed = 0; seed < 3; seed++) { var t = ml.Data.TrainTestSplit(data, seed: seed); var e = ml.Regression.Evaluate(pipelines[0].Fit(t.TrainSet).Transform(t.TestSet)); }")]
    [InlineData("foreach (var rate in rates) { var group = ml.Data.FilterRowsByColumn(test, \"X\", rate); var e = ml.Regression.Evaluate(pipelines[0].Fit(train).Transform(group)); }")]
    [InlineData("var m = pipelines[0].Fit(train); foreach (var rate in rates) { var e = ml.Regression.Evaluate(m.Transform(test)); }")]
    [InlineData("foreach (var rate in rates) { var e = ml.Regression.Evaluate(pipelines[0].Fit(train).Transform(train)); }")]
    [InlineData("foreach (var rate in rates) { Action a = () => ml.Regression.Evaluate(pipelines[0].Fit(train).Transform(test)); }")]
    [InlineData("var e = ml.Regression.Evaluate(pipelines[0].Fit(s.TrainSet).Transform(s.TestSet));")]
    [InlineData("foreach (var rate in rates) { var r = ml.Regression.CrossValidate(train, pipelines[0]); }")]
    [InlineData("foreach (var p in pipelines) { given = ml.Data.TrainTestSplit(data, seed: 3); var e = ml.Regression.Evaluate(p.Fit(given.TrainSet).Transform(given.TestSet)); }")]
    [InlineData("var validation = test; foreach (var rate in rates) { var e = ml.Regression.Evaluate(pipelines[0].Fit(train).Transform(validation)); }")]
    [InlineData("var trainAndValid = s; foreach (var rate in rates) { var scored = pipelines[0].Fit(train).Transform(trainAndValid.TestSet); var e = ml.Regression.Evaluate(scored); }")]
    public Task Folds_groups_and_one_evaluation_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("foreach (var rate in rates) { ml.Regression.Evaluate(pipelines[0].Fit(")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<ChosenOnTestAnalyzer>();

    private static string Around(string body) =>
        $$"""
        static class Trainers
        {
            public static IEstimator<ITransformer> FastTreeLike(this RegressionCatalog.RegressionTrainers trainers, double rate) => trainers.Sdca();
        }

        class C
        {
            private readonly DataOperationsCatalog.TrainTestData _held;

            void M(MLContext ml, IDataView data, IDataView train, IDataView test, IEstimator<ITransformer>[] pipelines, double[] rates, DataOperationsCatalog.TrainTestData given)
            {
                var s = ml.Data.TrainTestSplit(data);
                {{body}}
            }
        }
        """;
}
