using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Serving.RereadSourceAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Serving.RereadSourceFix>;

namespace MlOps.Build.Analyzers.Tests.Serving;

public sealed class RereadSourceTests
{
    private const string Sdca = "ml.BinaryClassification.Trainers.SdcaLogisticRegression()";
    private const string Text = "ml.Transforms.Text.FeaturizeText(\"Features\", \"City\")";
    private const string File = "ml.Data.LoadFromTextFile<Row>(\"a.tsv\")";

    [Theory]
    [InlineData($"_ = {Text}.Append({{?{Sdca}?}}).Fit({File});")]
    [InlineData($"_ = {{?{Sdca}?}}.Fit({File});")]
    [InlineData($"var data = {File}; var p = {Text}; var q = p.Append({{?{Sdca}?}}); _ = q.Fit(data);")]
    [InlineData($"var t = {{?{Sdca}?}}; _ = {Text}.Append(t).Fit({File});")]
    [InlineData($"var s = ml.Data.TrainTestSplit({File}); _ = {Text}.Append({{?{Sdca}?}}).Fit(s.TrainSet);")]
    [InlineData($"var d = {Text}.Fit({File}).Transform({File}); _ = {{?{Sdca}?}}.Fit(d);")]
    [InlineData($"var loader = ml.Data.CreateTextLoader<Row>(); _ = {Text}.Append({{?{Sdca}?}}).Fit(loader.Load(\"a\"));")]
    [InlineData($"_ = {Text}.Append({{?{Sdca}?}}).Fit(database.Load(source));")]
    [InlineData($"_ = {Text}.Append(ml.Transforms.Conversion.MapValueToKey(\"L\")).Append({{?ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(\"L\")?}}).Append(ml.Transforms.Conversion.MapKeyToValue(\"L\")).Fit({File});")]
    [InlineData($"_ = {Text}.Append({{?ml.Clustering.Trainers.KMeans()?}}).Fit({File});")]
    [InlineData($"_ = {Text}.Append({{?ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine()?}}).Fit({File});")]
    [InlineData($"_ = {Text}.Append({{?ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron())?}}).Fit({File});")]
    [InlineData($"_ = {Text}.Append({{?ml.BinaryClassification.Trainers.AveragedPerceptron()?}}).Fit({File});")]
    [InlineData($"IEstimator<ITransformer> p = {Text}.AppendCacheCheckpoint(ml); _ = p.Append({{?{Sdca}?}}).Fit({File});")]
    public Task Many_passes_over_a_file_are_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"_ = {Text}.AppendCacheCheckpoint(ml).Append({Sdca}).Fit({File});")]
    [InlineData($"var p = {Text}.AppendCacheCheckpoint(ml); _ = p.Append({Sdca}).Fit({File});")]
    [InlineData($"_ = {Text}.AppendCacheCheckpoint(ml).Append(ml.Transforms.NormalizeMinMax(\"Features\")).Append({Sdca}).Fit({File});")]
    [InlineData($"_ = {Text}.Append({Sdca}).Fit(ml.Data.Cache({File}));")]
    [InlineData($"var s = ml.Data.TrainTestSplit(ml.Data.Cache({File})); _ = {Text}.Append({Sdca}).Fit(s.TrainSet);")]
    [InlineData($"_ = {Text}.Append({Sdca}).Fit(ml.Data.LoadFromEnumerable(new Row[0]));")]
    [InlineData($"_ = {Text}.Append({Sdca}).Fit(given);")]
    [InlineData($"_ = unknown.Append({Sdca}).Fit({File});")]
    [InlineData($"_ = Make().Append({Sdca}).Fit({File});")]
    [InlineData($"_ = {Text}.Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit({File});")]
    [InlineData($"_ = {Text}.Append(ml.BinaryClassification.Trainers.FastTree()).Fit({File});")]
    [InlineData($"_ = {Text}.Append(ml.BinaryClassification.Trainers.LinearSvm()).Fit({File});")]
    [InlineData($"_ = {Text}.Append(ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 1)).Fit({File});")]
    [InlineData($"_ = {Text}.Append({Sdca});")]
    [InlineData($"_ = {Text}.Fit({File});")]
    public Task A_cache_memory_or_one_pass_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_trainer_the_source_and_the_remedy()
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around($"_ = {Text}.Append({Sdca}).Fit({File});"))).Findings<RereadSourceAnalyzer>());

        Assert.Equal(
            "'SdcaLogisticRegression' passes over its data many times, and each pass reads and prepares what 'LoadFromTextFile' loads anew. "
            + "Append 'AppendCacheCheckpoint' before it, or train on 'ml.Data.Cache'.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task The_fix_puts_a_checkpoint_before_the_trainer() => Rule.Mends(
        Around(
            $"""
            // one
            var p = {Text} // two
                .Append(ml.Transforms.NormalizeMinMax("Features")) // three
                .Append({"{?" + Sdca + "?}"}); // four
            _ = p.Fit({File});
            _ = {Text}.Append({"{?this.Own.Regression.Trainers.Sdca()?}"}).Fit({File});
            """),
        Around(
            $"""
            // one
            var p = {Text} // two
                .Append(ml.Transforms.NormalizeMinMax("Features")) // three
                .AppendCacheCheckpoint(ml)
                .Append({Sdca}); // four
            _ = p.Fit({File});
            _ = {Text}.AppendCacheCheckpoint(this.Own).Append(this.Own.Regression.Trainers.Sdca()).Fit({File});
            """));

    [Theory]
    [InlineData($"_ = {{?{Sdca}?}}.Fit({File});")]
    [InlineData($"var t = {{?{Sdca}?}}; _ = {Text}.Append(t).Fit({File});")]
    [InlineData($"_ = {Text}.Append({{?trainers.Sdca()?}}).Fit({File});")]
    [InlineData($"_ = {Text}.Append({{?Fresh().Regression.Trainers.Sdca()?}}).Fit({File});")]
    public Task No_fix_is_offered_where_the_place_or_the_context_is_not_sure(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { $"_ = {Text}.Append({Sdca}.Fit({File}", "var p = p.Append(p); p.Fit(p);", $"_ = {Text}.Append().Fit({File});", $"var d = d; _ = {Sdca}.Fit(d);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<RereadSourceAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class Row
        {
            [LoadColumn(0)] public bool Label { get; set; }
            [LoadColumn(1)] public string City { get; set; }
        }

        class C
        {
            MLContext Own { get; set; }

            void M(
                MLContext ml, IDataView given, IEstimator<ITransformer> unknown, DatabaseLoader database, DatabaseSource source,
                RegressionCatalog.RegressionTrainers trainers)
            {
                {{body}}
            }

            IEstimator<ITransformer> Make() => null;
            MLContext Fresh() => null;
        }
        """;
}
