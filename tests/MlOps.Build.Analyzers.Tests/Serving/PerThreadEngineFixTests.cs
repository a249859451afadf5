using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Serving.SharedEngineAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Serving.PerThreadEngineFix>;

namespace MlOps.Build.Analyzers.Tests.Serving;

/// <summary>The fix of MLOPS4001: one engine for each thread.</summary>
public sealed class PerThreadEngineFixTests
{
    private const string Make = "ml.Model.CreatePredictionEngine<In, Out>(model)";
    private const string LastUsing = "using Microsoft.Extensions.ML;\n";
    private const string PerThread = "ThreadLocal<PredictionEngine<In, Out>>";

    [Theory]
    [InlineData(
        $"var engine = {Make}; app.MapPost(\"/p\", (In x) => {{?engine?}}.Predict(x));",
        $"var engine = new {PerThread}(() => {Make}); app.MapPost(\"/p\", (In x) => engine.Value.Predict(x));")]
    [InlineData(
        $"using PredictionEngine<In, Out> engine = {Make}; Parallel.ForEach(ins, x => {{?engine?}}.Predict(x));",
        $"using {PerThread} engine = new {PerThread}(() => {Make}); Parallel.ForEach(ins, x => engine.Value.Predict(x));")]
    [InlineData(
        $"var lazy = new Lazy<PredictionEngine<In, Out>>(() => {Make}, true); app.MapPost(\"/p\", (In x) => {{?lazy?}}.Value.Predict(x));",
        $"var lazy = new {PerThread}(() => {Make}); app.MapPost(\"/p\", (In x) => lazy.Value.Predict(x));")]
    [InlineData(
        $"var engine = {Make}; app.MapPost(\"/p\", (In x) => {{?engine?}}.Predict(x)); app.MapPost(\"/q\", (In x) => {{?engine?}}.Predict(x)); engine.Dispose();",
        $"var engine = new {PerThread}(() => {Make}); app.MapPost(\"/p\", (In x) => engine.Value.Predict(x)); app.MapPost(\"/q\", (In x) => engine.Value.Predict(x)); engine.Dispose();")]
    [InlineData(
        $"var engine = /* why */ {Make}; // kept\n        app.MapPost(\"/p\", (In x) => /* here */ {{?engine?}}/* it */.Predict(x)); _ = nameof(engine);",
        $"var engine = /* why */ new {PerThread}(() => {Make}); // kept\n        app.MapPost(\"/p\", (In x) => /* here */ engine.Value/* it */.Predict(x)); _ = nameof(engine);")]
    public Task A_local_engine_is_made_for_each_thread(string before, string after) => Rule.Mends(Around(Marked(before)), Around(after));

    [Theory]
    [InlineData(
        $"static readonly MLContext ml = new(1); static readonly ITransformer model = null; static readonly {{?PredictionEngine<In, Out>?}} E = {Make}; static Out P(In x) => E.Predict(x);",
        $"static readonly MLContext ml = new(1); static readonly ITransformer model = null; static readonly {PerThread} E = new {PerThread}(() => {Make}); static Out P(In x) => E.Value.Predict(x);")]
    [InlineData(
        $"static readonly MLContext ml = new(1); static readonly ITransformer model = null; static {{?PredictionEngine<In, Out>?}} E {{ get; }} = {Make}; static Out P(In x) => S.E.Predict(x);",
        $"static readonly MLContext ml = new(1); static readonly ITransformer model = null; static {PerThread} E {{ get; }} = new {PerThread}(() => {Make}); static Out P(In x) => S.E.Value.Predict(x);")]
    [InlineData(
        $"static readonly MLContext ml = new(1); static readonly ITransformer model = null; static readonly {{?Lazy<PredictionEngine<In, Out>>?}} E = new(() => {Make}, true); static Out P(In x) => E.IsValueCreated ? null : E.Value.Predict(x);",
        $"static readonly MLContext ml = new(1); static readonly ITransformer model = null; static readonly {PerThread} E = new {PerThread}(() => {Make}); static Out P(In x) => E.IsValueCreated ? null : E.Value.Predict(x);")]
    [InlineData(
        $"static {{?PredictionEngine<In, Out>?}} e; static void Start(MLContext ml, ITransformer model) {{ e = {Make}; }} static Out P(In x) => e.Predict(x); static void Stop() => e?.Dispose();",
        $"static {PerThread} e; static void Start(MLContext ml, ITransformer model) {{ e = new {PerThread}(() => {Make}); }} static Out P(In x) => e.Value.Predict(x); static void Stop() => e?.Dispose();")]
    public Task A_static_engine_is_made_for_each_thread(string before, string after) =>
        Rule.Mends(Around("", $"class S {{ {Marked(before)} }}"), Around("", $"class S {{ {after} }}"));

    [Fact]
    public Task An_engine_of_a_singleton_is_made_for_each_thread() => Rule.Mends(
        Around(
            "services.AddSingleton<S>();",
            $$"""
            class S
            {
                private readonly [|PredictionEngine<In, Out>|] _engine; // one
                public S(MLContext ml, ITransformer model) => _engine = {{Make}};
                public Out P(In x) => this._engine.Predict(x);
            }
            """),
        Around(
            "services.AddSingleton<S>();",
            $$"""
            class S
            {
                private readonly {{PerThread}} _engine; // one
                public S(MLContext ml, ITransformer model) => _engine = new {{PerThread}}(() => {{Make}});
                public Out P(In x) => this._engine.Value.Predict(x);
            }
            """));

    [Fact]
    public Task Where_nullable_types_are_checked_the_value_is_said_to_be_there() => Rule.Mends(
        "#nullable enable\n" + Around($"var engine = {Make}; app.MapPost(\"/p\", (In x) => [|engine|].Predict(x));"),
        "#nullable enable\n" + Around($"var engine = new {PerThread}(() => {Make}); app.MapPost(\"/p\", (In x) => engine.Value!.Predict(x));"));

    [Fact]
    public Task The_using_is_added() => Rule.Mends(
        Around($"var engine = {Make}; app.MapPost(\"/p\", (In x) => [|engine|].Predict(x));").Replace("using System.Threading;\n", "", StringComparison.Ordinal),
        Around($"var engine = new {PerThread}(() => {Make}); app.MapPost(\"/p\", (In x) => engine.Value.Predict(x));")
            .Replace("using System.Threading;\n", "", StringComparison.Ordinal)
            .Replace(LastUsing, LastUsing + "using System.Threading;\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("app.MapPost(\"/p\", (In x) => [|given|].Predict(x));")]
    [InlineData($"[|services.AddSingleton(_ => {Make})|];")]
    [InlineData($"var engine = {Make}; app.MapPost(\"/p\", (In x) => Use([|engine|]));")]
    [InlineData($"var engine = {Make}; Parallel.ForEach(ins, x => {{ var own = [|engine|]; own.Predict(x); }});")]
    [InlineData($"var engine = {Make}; Parallel.ForEach(ins, x => [|engine|].Predict(x)); engine = given;")]
    [InlineData("var engine = ml.Model.CreatePredictionEngine<In, Out>(ml.Model.Load(\"m.zip\", out _)); Parallel.ForEach(ins, x => [|engine|].Predict(x));")]
    [InlineData("var engine = Fresh(); Parallel.ForEach(ins, x => [|engine|].Predict(x));")]
    [InlineData("var lazy = new Lazy<PredictionEngine<In, Out>>(Fresh); Parallel.ForEach(ins, x => [|lazy|].Value.Predict(x));")]
    [InlineData($"var lazy = new Lazy<PredictionEngine<In, Out>>(() => {{ return {Make}; }}); Parallel.ForEach(ins, x => [|lazy|].Value.Predict(x));")]
    public Task What_is_handed_on_or_made_elsewhere_stays(string body) => Rule.HasNoFixFor(Around(body));

    [Fact]
    public Task What_other_assemblies_can_use_keeps_its_type() => Rule.HasNoFixFor(
        Around("", $"public class S {{ static readonly MLContext ml = null; static readonly ITransformer model = null; public static readonly [|PredictionEngine<In, Out>|] E = {Make}; static Out P(In x) => E.Predict(x); }}")
            .Replace("class In", "public class In", StringComparison.Ordinal).Replace("class Out", "public class Out", StringComparison.Ordinal));

    private static string Marked(string code) => code.Replace("{?", "[|", StringComparison.Ordinal).Replace("?}", "|]", StringComparison.Ordinal);

    private static string Around(string body, string types = "") =>
        AspNet.Usings
        + $$"""
        class In { public float X { get; set; } }
        class Out { public float Score { get; set; } }

        class C
        {
            void M(MLContext ml, ITransformer model, IServiceCollection services, WebApplication app, PredictionEngine<In, Out> given, List<In> ins)
            {
                {{body}}
            }

            PredictionEngine<In, Out> Fresh() => null;
            Out Use(object any) => null;
        }

        {{types}}
        """ + AspNet.Stubs;
}
