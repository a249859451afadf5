using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Serving.RepeatedEvaluationAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Serving.RepeatedEvaluationFix>;

namespace MlOps.Build.Analyzers.Tests.Serving;

public sealed class RepeatedEvaluationTests
{
    private const string Twice = "s.GetColumn<float>(\"Score\").Max(); s.GetColumn<float>(\"Score\").Min();";

    [Theory]
    [InlineData($"var s = {{?model.Transform(data)?}}; {Twice} ml.Regression.Evaluate(s);")]
    [InlineData($"IDataView s = {{?model.Transform(data)?}}; {Twice} ml.Data.CreateEnumerable<Row>(s, false).Count();")]
    [InlineData($"var s = {{?chain.Transform(data)?}}; {Twice} ml.BinaryClassification.EvaluateNonCalibrated(s);")]
    [InlineData("var s = {?model.Transform(data)?}; foreach (var n in names) { s.GetColumn<float>(n).Max(); }")]
    [InlineData($"while (names.Count > 0) {{ var s = {{?model.Transform(data)?}}; {Twice} ml.Regression.Evaluate(s); }}")]
    public Task Three_looks_or_a_loop_are_an_information(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"var s = model.Transform(data); {Twice}")]
    [InlineData($"var s = ml.Data.Cache(model.Transform(data)); {Twice} ml.Regression.Evaluate(s);")]
    [InlineData($"var s = model.Transform(data); {Twice} _ = s.Schema; Use(s);")]
    [InlineData($"var s = model.Transform(data); {Twice} s = data; ml.Regression.Evaluate(s);")]
    [InlineData($"var s = data; {Twice} ml.Regression.Evaluate(s);")]
    [InlineData("var s = model.Transform(data); foreach (var x in s.GetColumn<float>(\"Score\")) { Use(x); }")]
    [InlineData("foreach (var n in names) { var s = model.Transform(data); s.GetColumn<float>(n).Max(); }")]
    [InlineData("model.Transform(data).GetColumn<float>(\"A\").Max();")]
    public Task Few_looks_or_a_cache_are_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("MLOPS4006.least_evaluations = 2", 1)]
    [InlineData("MLOPS4006.least_evaluations = 3", 0)]
    [InlineData("MLOPS4006.least_evaluations = few", 0)]
    public async Task The_team_says_how_many_are_too_many(string option, int findings)
    {
        var code = new Code((Code.FileName, Around($"var s = model.Transform(data); {Twice}")))
            .With("/repo/project/.editorconfig", $"root = true\n[*.cs]\n{option}\n");

        Assert.Equal(findings, (await code.Findings<RepeatedEvaluationAnalyzer>()).Length);
    }

    [Theory]
    [InlineData($"var s = model.Transform(data); {Twice} ml.Regression.Evaluate(s);", "3 times")]
    [InlineData("var s = model.Transform(data); foreach (var n in names) { s.GetColumn<float>(n).Max(); }", "in a loop")]
    public async Task The_message_names_the_view_the_count_and_the_remedy(string body, string count)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(body))).Findings<RepeatedEvaluationAnalyzer>());

        Assert.Equal(
            $"'s' is evaluated {count}, and the whole pipeline runs each time. Keep the rows with 'ml.Data.Cache'.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task The_fix_keeps_the_rows() => Rule.Mends(
        Around(
            $$"""
            // one
            var s = {?model.Transform(data)?}; // two
            {{Twice}} ml.Regression.Evaluate(s);
            IDataView t = /* three */ {?model.Transform(data)?};
            foreach (var n in names) { t.GetColumn<float>(n).Max(); }
            """),
        Around(
            $$"""
            // one
            var s = ml.Data.Cache(model.Transform(data)); // two
            {{Twice}} ml.Regression.Evaluate(s);
            IDataView t = /* three */ ml.Data.Cache(model.Transform(data));
            foreach (var n in names) { t.GetColumn<float>(n).Max(); }
            """));

    [Fact]
    public Task No_fix_is_offered_where_two_contexts_could_be_meant() => Rule.HasNoFixFor(
        Around($"var other = new MLContext(1); var s = {{?model.Transform(data)?}}; {Twice} ml.Regression.Evaluate(s);"));

    [Fact]
    public Task No_fix_is_offered_where_there_is_no_context() => Rule.HasNoFixFor(
        $"class C {{ void M(ITransformer model, IDataView data) {{ var s = {{?model.Transform(data)?}}; {Twice} s.GetColumn<float>(\"A\").Max(); }} }}");

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "var s = model.Transform(; s.GetColumn<float>(", "var s = s.Transform(s); s.GetColumn<float>(\"A\");", "var s = model.Transform(data); foreach (var x in ) s.GetColumn<float>();" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<RepeatedEvaluationAnalyzer>();
        }
    }

    private static string Around(string body) =>
        $$"""
        class Row { public float Score { get; set; } }

        class C
        {
            void M(MLContext ml, ITransformer model, TransformerChain<ITransformer> chain, IDataView data, List<string> names)
            {
                {{body}}
            }

            void Use(object any) { }
        }
        """;
}
