using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Leakage.EvaluatedOnTrainingAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.SavedWithoutSchemaFix>;

namespace MlOps.Build.Analyzers.Tests.Leakage;

public sealed class EvaluatedOnTrainingTests
{
    [Theory]
    [InlineData("var m = [|ml.Regression.Evaluate(pipeline.Fit(data).Transform(data))|];")]
    [InlineData("var model = pipeline.Fit(data); var scored = model.Transform(data); var m = [|ml.BinaryClassification.Evaluate(scored)|];")]
    [InlineData("var model = pipeline.Fit(data); [|ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(data), \"Y\")|];")]
    [InlineData("var s = ml.Data.TrainTestSplit(data); var model = pipeline.Fit(s.TrainSet); [|ml.MulticlassClassification.Evaluate(model.Transform(s.TrainSet))|];")]
    [InlineData("var s = ml.Data.TrainTestSplit(data); var train = ml.Data.Cache(s.TrainSet); var model = pipeline.Fit(train); [|ml.Ranking.Evaluate(data: model.Transform(s.TrainSet))|];")]
    [InlineData("void On(DataOperationsCatalog.TrainTestData s) { var model = pipeline.Fit(s.TrainSet); [|ml.Regression.Evaluate(model.Transform(s.TrainSet))|]; }")]
    [InlineData("var model = pipeline.Fit(ml.Data.ShuffleRows(data)); [|ml.Regression.Evaluate(model.Transform(data))|];")]
    [InlineData("var read = ml.Data.LoadFromEnumerable(new[] { new Row() }); var model = pipeline.Fit(read); [|ml.Regression.Evaluate(model.Transform(read))|];")]
    [InlineData("var prep = other.Fit(data); var prepared = prep.Transform(data); var model = pipeline.Fit(prepared); [|ml.Regression.Evaluate(model.Transform(prepared))|];")]
    [InlineData("var model = pipeline.Fit(kept); [|ml.Regression.Evaluate(model.Transform(kept))|];")]
    public Task The_rows_that_were_fitted_are_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var s = ml.Data.TrainTestSplit(data); var model = pipeline.Fit(s.TrainSet); ml.Regression.Evaluate(model.Transform(s.TestSet));")]
    [InlineData("var model = pipeline.Fit(data); ml.Regression.Evaluate(model.Transform(other2));")]
    [InlineData("var a = ml.Data.TakeRows(data, 100); var b = ml.Data.SkipRows(data, 100); ml.Regression.Evaluate(pipeline.Fit(a).Transform(b));")]
    [InlineData("var a = ml.Data.TrainTestSplit(data, seed: 1); var b = ml.Data.TrainTestSplit(data, seed: 2); ml.Regression.Evaluate(pipeline.Fit(a.TrainSet).Transform(b.TrainSet));")]
    [InlineData("var model = given; ml.Regression.Evaluate(model.Transform(data));")]
    [InlineData("ITransformer model = pipeline.Fit(data); model = given; ml.Regression.Evaluate(model.Transform(data));")]
    [InlineData("var rows = data; var model = pipeline.Fit(rows); rows = other2; ml.Regression.Evaluate(model.Transform(rows));")]
    [InlineData("data = other2; var model = pipeline.Fit(data); ml.Regression.Evaluate(model.Transform(data));")]
    [InlineData("var model = pipeline.Fit(open); ml.Regression.Evaluate(model.Transform(open));")]
    [InlineData("var model = pipeline.Fit(Data()); ml.Regression.Evaluate(model.Transform(Data()));")]
    [InlineData("var model = pipeline.Fit(data); ml.Clustering.Evaluate(model.Transform(data));")]
    [InlineData("var model = pipeline.Fit(data); ml.AnomalyDetection.Evaluate(model.Transform(data));")]
    [InlineData("var scored = pipeline.Fit(data).Transform(other2); var more = ml.Transforms.CopyColumns(\"P\", \"Score\").Append(ml.Transforms.Conversion.ConvertType(\"P\")).Fit(scored).Transform(scored); ml.BinaryClassification.Evaluate(more);")]
    public Task Other_rows_and_what_is_not_known_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var a = ml.Regression.Evaluate(model.Transform(s.TrainSet)); var b = ml.Regression.Evaluate(model.Transform(s.TestSet));")]
    [InlineData("var a = ml.Regression.Evaluate(model.Transform(s.TrainSet)); var b = ml.Regression.Evaluate(model.Transform(open));")]
    [InlineData("var trainMetrics = ml.Regression.Evaluate(model.Transform(s.TrainSet));")]
    [InlineData("Show(model); var a = ml.Regression.Evaluate(model.Transform(s.TrainSet));")]
    [InlineData("ShowTrainingError(ml.Regression.Evaluate(model.Transform(s.TrainSet)));")]
    [InlineData("double TrainingLoss() => ml.Regression.Evaluate(model.Transform(s.TrainSet)).RSquared; TrainingLoss();")]
    [InlineData("double onTraining; onTraining = ml.Regression.Evaluate(model.Transform(s.TrainSet)).RSquared;")]
    public Task A_comparison_with_training_on_purpose_is_quiet(string body) =>
        Rule.Says(Around("var s = ml.Data.TrainTestSplit(data); var model = pipeline.Fit(s.TrainSet); " + body));

    [Fact]
    public Task Another_model_that_is_judged_well_excuses_nothing() => Rule.Says(Around(
        """
        var s = ml.Data.TrainTestSplit(data);
        var good = pipeline.Fit(s.TrainSet);
        var bad = pipeline.Fit(s.TrainSet);
        var a = ml.Regression.Evaluate(good.Transform(s.TestSet));
        var b = [|ml.Regression.Evaluate(bad.Transform(s.TrainSet))|];
        """));

    [Fact]
    public async Task A_team_can_ask_for_named_training_metrics_as_well()
    {
        var markup = Markup.Read(Around("var trainMetrics = [|ml.Regression.Evaluate(pipeline.Fit(data).Transform(data))|];"));

        await Rule.Expect(markup, new Code((Code.FileName, markup.Text)).With(
            "/repo/project/.editorconfig", "root = true\n[*.cs]\nMLOPS3001.allow_named_train = false\n"));
    }

    [Theory]
    [InlineData("ml.Regression.Evaluate(")]
    [InlineData("ml.Regression.Evaluate(pipeline.Fit().Transform());")]
    [InlineData("var x = x.Transform(x); ml.Regression.Evaluate(x);")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        Assert.Empty(await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<EvaluatedOnTrainingAnalyzer>());

    private static string Around(string body) =>
        $$"""
        class Row { public float X { get; set; } }

        class C
        {
            private readonly IDataView kept = null!;
            private IDataView open = null!;

            private IDataView Data() => open;

            private static void Show(ITransformer model) { }

            private static void ShowTrainingError(object metrics) { }

            void M(MLContext ml, IDataView data, IDataView other2, IEstimator<ITransformer> pipeline, IEstimator<ITransformer> other, ITransformer given)
            {
                {{body}}
            }
        }
        """;
}
