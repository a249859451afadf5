using MlOps.Build.Analyzers.Schema;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Schema.SavedWithoutSchemaAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Schema.SavedWithoutSchemaFix>;

namespace MlOps.Build.Analyzers.Tests.Schema;

public sealed class SavedWithoutSchemaTests
{
    [Theory]
    [InlineData("[|ml.Model.Save(given, null, \"model.zip\")|];")]
    [InlineData("[|ml.Model.Save(given, (DataViewSchema)null, \"model.zip\")|];")]
    [InlineData("[|ml.Model.Save(given, (DataViewSchema)null, stream)|];")]
    [InlineData("[|ml.Model.Save(given, default(DataViewSchema), stream)|];")]
    [InlineData("[|ml.Model.Save(given, inputSchema: null!, filePath: \"model.zip\")|];")]
    [InlineData("DataViewSchema none = null; [|ml.Model.Save(given, none, \"model.zip\")|];")]
    public Task A_null_schema_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("ml.Model.Save(given, data.Schema, \"model.zip\");")]
    [InlineData("ml.Model.Save(given, data?.Schema, \"model.zip\");")]
    [InlineData("DataViewSchema later = null; later = data.Schema; ml.Model.Save(given, later, \"model.zip\");")]
    [InlineData("ml.Model.Save(given, loader, \"model.zip\");")]
    [InlineData("Save(given, null, \"model.zip\");")]
    public Task A_schema_or_a_loader_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("ml.Model.Save(given, null, \"m\");", "the Schema of the data that it was fitted to")]
    [InlineData("var m = pipeline.Fit(data); ml.Model.Save(m, null, \"m\");", "'data.Schema'")]
    public async Task The_message_names_the_effect_and_the_remedy(string body, string remedy)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(body))).Findings<SavedWithoutSchemaAnalyzer>());

        Assert.Equal(
            "'Save' writes a model without its input schema, so Load gives null for it and an engine made with that throws. "
            + $"Pass {remedy}.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task The_fix_takes_the_schema_of_the_data_that_was_fitted() => Rule.Mends(
        Around(
            """
            var split = ml.Data.TrainTestSplit(data);
            var one = pipeline.Fit(split.TrainSet);
            [|ml.Model.Save(one, null /* why */, "one.zip")|]; // kept
            var two = pipeline.Fit(data);
            [|ml.Model.Save(two, inputSchema: (DataViewSchema)null, stream)|];
            """),
        Around(
            """
            var split = ml.Data.TrainTestSplit(data);
            var one = pipeline.Fit(split.TrainSet);
            ml.Model.Save(one, split.TrainSet.Schema /* why */, "one.zip"); // kept
            var two = pipeline.Fit(data);
            ml.Model.Save(two, inputSchema: data.Schema, stream);
            """));

    [Theory]
    [InlineData("[|ml.Model.Save(given, null, \"m\")|];")]
    [InlineData("var m = pipeline.Fit(data); data = null; [|ml.Model.Save(m, null, \"m\")|];")]
    [InlineData("var m = pipeline.Fit(Make()); [|ml.Model.Save(m, null, \"m\")|];")]
    [InlineData("IDataView own = data; own = ml.Data.Cache(own); var m = pipeline.Fit(own); [|ml.Model.Save(m, null, \"m\")|];")]
    [InlineData("DataViewSchema none = null; var m = pipeline.Fit(Make()); [|ml.Model.Save(m, none, \"m\")|];")]
    public Task No_fix_is_offered_where_the_data_is_not_known(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "ml.Model.Save(", "ml.Model.Save(null, null", "ml.Model.Save(given, null);", "var m = m.Fit(m); ml.Model.Save(m, null, \"m\");" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<SavedWithoutSchemaAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class C
        {
            void M(
                MLContext ml, ITransformer given, IDataView data, IEstimator<ITransformer> pipeline, System.IO.Stream stream,
                IDataLoader<IMultiStreamSource> loader)
            {
                {{body}}
            }

            IDataView Make() => null;
            void Save(ITransformer model, DataViewSchema inputSchema, string filePath) { }
        }
        """;
}
