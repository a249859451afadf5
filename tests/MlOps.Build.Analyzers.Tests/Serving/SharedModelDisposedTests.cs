using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Serving.SharedModelDisposedAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Serving.SharedModelDisposedFix>;

namespace MlOps.Build.Analyzers.Tests.Serving;

public sealed class SharedModelDisposedTests
{
    private const string Make = "ml.Model.CreatePredictionEngine<In, Out>";

    [Theory]
    [InlineData($"using var e = [|{Make}(_model)|];")]
    [InlineData($"using (var e = [|{Make}(_model)|]) {{ }}")]
    [InlineData($"using ([|{Make}(_model)|]) {{ }}")]
    [InlineData($"var e = [|{Make}(_model)|]; e.Predict(new In()); e.Dispose();")]
    [InlineData($"var e = [|{Make}(_model)|]; using (e) {{ }}")]
    [InlineData($"using var e = [|{Make}(this._model, true)|];")]
    [InlineData($"using var e = [|{Make}(Shared)|];")]
    [InlineData($"using var e = [|{Make}(given)|];")]
    [InlineData($"using var e = [|{Make}(_model, schema)|];")]
    [InlineData($"using var e = [|{Make}(_model, new PredictionEngineOptions())|];")]
    [InlineData($"using var e = [|{Make}(_model, new PredictionEngineOptions {{ OwnsTransformer = true }})|];")]
    [InlineData($"var own = _model; using var e = [|{Make}(own)|];")]
    [InlineData($"var own = ml.Model.Load(\"m\", out _); using (var e = [|{Make}(own)|]) {{ }} own.Transform(data);")]
    [InlineData($"var own = ml.Model.Load(\"m\", out _); foreach (var i in ins) {{ using var e = [|{Make}(own)|]; }}")]
    [InlineData($"Func<In, Out> f = x => {{ using var e = [|{Make}(_model)|]; return e.Predict(x); }};")]
    public Task A_model_that_is_used_elsewhere_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"var e = {Make}(_model);")]
    [InlineData($"_engine = {Make}(_model);")]
    [InlineData($"using var e = {Make}(_model, new PredictionEngineOptions {{ OwnsTransformer = false }});")]
    [InlineData($"using var e = {Make}(_model, options);")]
    [InlineData($"using var e = {Make}(ml.Model.Load(\"m\", out _));")]
    [InlineData($"var own = ml.Model.Load(\"m\", out _); using var e = {Make}(own); own.Transform(data);")]
    [InlineData($"var own = ml.Model.Load(\"m\", out _); using (var e = {Make}(own)) {{ }}")]
    [InlineData($"var own = ml.Model.Load(\"m\", out _); using (var e = {Make}(own)) {{ }} own = null;")]
    [InlineData($"foreach (var i in ins) {{ var own = ml.Model.Load(\"m\", out _); using var e = {Make}(own); }}")]
    [InlineData($"using var e = {Make}(Fresh());")]
    [InlineData($"foreach (var one in folds) {{ using var e = {Make}(one.Model); }}")]
    public Task A_model_that_ends_with_its_engine_is_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public async Task The_message_names_the_model_the_effect_and_the_remedy()
    {
        var finding = Assert.Single(
            await new Code((Code.FileName, Around($"using var e = {Make}(_model);"))).Findings<SharedModelDisposedAnalyzer>());

        Assert.Equal(
            "Disposing this engine also disposes '_model', which others use, and a model that holds native memory fails after that. "
            + "Pass new PredictionEngineOptions { OwnsTransformer = false }.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("(_model)", "(_model, new PredictionEngineOptions { OwnsTransformer = false })")]
    [InlineData("(_model, false)", "(_model, new PredictionEngineOptions { IgnoreMissingColumns = false, OwnsTransformer = false })")]
    [InlineData(
        "(transformer: _model, inputSchemaDefinition: definition)",
        "(transformer: _model, options: new PredictionEngineOptions { InputSchemaDefinition = definition, OwnsTransformer = false })")]
    [InlineData(
        "(_model, new PredictionEngineOptions { IgnoreMissingColumns = false, OwnsTransformer = true })",
        "(_model, new PredictionEngineOptions { IgnoreMissingColumns = false, OwnsTransformer = false })")]
    [InlineData("(_model, options: new PredictionEngineOptions())", "(_model, options: new PredictionEngineOptions() { OwnsTransformer = false })")]
    public Task The_fix_leaves_the_model_to_its_owner(string before, string after) => Rule.Mends(
        Around($"// one\nusing var a = [|{Make}{before}|]; // two\nusing var b = [|{Make}{before}|];"),
        Around($"// one\nusing var a = {Make}{after}; // two\nusing var b = {Make}{after};"));

    [Fact]
    public async Task The_fix_adds_the_using_that_its_options_need()
    {
        const string before = "class C { void M(global::Microsoft.ML.MLContext ml, global::Microsoft.ML.ITransformer model) { using var e = [|ml.Model.CreatePredictionEngine<C, C>(model)|]; } }\n";
        const string after = "class C { void M(global::Microsoft.ML.MLContext ml, global::Microsoft.ML.ITransformer model) { using var e = ml.Model.CreatePredictionEngine<C, C>(model, new PredictionEngineOptions { OwnsTransformer = false }); } }\n";
        await Official<SharedModelDisposedAnalyzer, CodeFixes.Serving.SharedModelDisposedFix>.Mends(
            before, "using Microsoft.ML;\n\n" + after);
    }

    [Theory]
    [InlineData($"using var e = [|{Make}(_model, schema)|];")]
    [InlineData($"using var e = [|{Make}(_model /* shared */, true)|];")]
    public Task No_fix_is_offered_where_options_do_not_say_the_same(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { $"using var e = {Make}(", $"using var e = {Make}();", $"using (var e = {Make}(_model)", "var e = e; using (e", $"using var e = {Make}(missing);" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<SharedModelDisposedAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class In { public float X { get; set; } }
        class Out { public float Score { get; set; } }

        class C
        {
            ITransformer _model;
            static ITransformer Shared { get; set; }
            PredictionEngine<In, Out> _engine;

            void M(
                MLContext ml, ITransformer given, IDataView data, DataViewSchema schema, SchemaDefinition definition, List<In> ins,
                PredictionEngineOptions options, List<TrainCatalogBase.CrossValidationResult<RegressionMetrics>> folds)
            {
                {{body}}
            }

            ITransformer Fresh() => null;
        }
        """;
}
