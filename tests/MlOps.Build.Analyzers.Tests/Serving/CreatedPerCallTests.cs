using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Serving.CreatedPerCallAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Serving.SharedModelDisposedFix>;

namespace MlOps.Build.Analyzers.Tests.Serving;

public sealed class CreatedPerCallTests
{
    private const string Make = "ml.Model.CreatePredictionEngine<In, Out>(model)";
    private const string Load = "ml.Model.Load(\"m.zip\", out _)";

    [Theory]
    [InlineData($"app.MapPost(\"/p\", (In x) => [|{Make}|].Predict(x));")]
    [InlineData($"app.MapPost(\"/p\", (In x) => {{ var m = [|{Load}|]; return [|ml.Model.CreatePredictionEngine<In, Out>(m)|].Predict(x); }});")]
    [InlineData($"app.MapPost(\"/p\", (In x) => [|{Load}|].Transform(ml.Data.LoadFromEnumerable(new[] {{ x }})));")]
    [InlineData($"app.MapPost(\"/p\", async (In x) => await Task.Run(() => [|{Make}|].Predict(x)));")]
    [InlineData($"app.MapPost(\"/p\", Handle); Out Handle(In x) => [|{Make}|].Predict(x);")]
    [InlineData($"[|services.AddScoped(_ => {Make})|];")]
    [InlineData($"[|services.AddTransient(_ => {Make})|];")]
    [InlineData($"[|services.AddScoped<PredictionEngineBase<In, Out>>(_ => {Make})|];")]
    public Task For_each_request_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("class S : ControllerBase { public Out P(In x) => [|" + Static + "|].Predict(x); }")]
    [InlineData("class S : ControllerBase { PredictionEngine<In, Out> e = [|" + Static + "|]; }")]
    [InlineData("class S : ControllerBase { PredictionEngine<In, Out> e; public S() { e = [|" + Static + "|]; } }")]
    [InlineData("class S : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public void OnPost() => [|" + Static + "|].Predict(null); }")]
    [InlineData("class S(RequestDelegate next) { public Task InvokeAsync(HttpContext c) { [|" + Static + "|].Predict(null); return next(c); } }")]
    [InlineData("class S { [Function(\"f\")] public Out Run(In x) => [|" + Static + "|].Predict(x); }")]
    public Task In_an_action_or_function_is_a_warning(string type) => Rule.Says(Around("", type));

    [Theory]
    [InlineData($"foreach (var x in ins) {{ [|{Make}|].Predict(x); }}")]
    [InlineData($"for (var i = 0; i < 9; i++) {{ using var e = [|{Make}|]; e.Predict(ins[i]); }}")]
    [InlineData($"while (ins.Count > 0) {{ [|{Make}|].Predict(ins[0]); }}")]
    [InlineData($"foreach (var x in ins) {{ var m = [|{Load}|]; m.Transform(null); }}")]
    [InlineData("foreach (var x in ins) { if (x.X > 0) { [|ml.Model.CreatePredictionEngine<In, Out>(_model)|].Predict(x); } }")]
    public Task Of_the_same_in_a_loop_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData($"var e = {Make};")]
    [InlineData($"var m = {Load}; var e = ml.Model.CreatePredictionEngine<In, Out>(m); foreach (var x in ins) {{ e.Predict(x); }}")]
    [InlineData("foreach (var path in paths) { var m = ml.Model.Load(path, out _); ml.Model.CreatePredictionEngine<In, Out>(m).Predict(null); }")]
    [InlineData("foreach (var one in models) { ml.Model.CreatePredictionEngine<In, Out>(one).Predict(null); }")]
    [InlineData($"for (var i = 0; i < 3; i++) {{ {Make}.Predict(null); model = Next(); }}")]
    [InlineData($"for (var i = 0; i < 3; i++) {{ {Make}.Predict(null); Replace(ref model); }}")]
    [InlineData("foreach (var x in ins) { ml.Model.CreatePredictionEngine<In, Out>(Mutable).Predict(x); }")]
    [InlineData($"for (var i = 0; i < 3; i++) {{ try {{ model = {Load}; break; }} catch (System.IO.IOException) {{ }} }}")]
    [InlineData($"while (true) {{ var m = {Load}; Thread.Sleep(1000); }}")]
    [InlineData($"PredictionEngine<In, Out> e = null; foreach (var x in ins) {{ e ??= {Make}; e.Predict(x); }}")]
    [InlineData($"PredictionEngine<In, Out> e = null; foreach (var x in ins) {{ if (e is null) {{ e = {Make}; }} e.Predict(x); }}")]
    [InlineData($"Parallel.For(0, 9, () => {Make}, (i, state, e) => {{ e.Predict(ins[i]); return e; }}, e => e.Dispose());")]
    [InlineData($"app.MapPost(\"/train\", (In x) => {{ var m = {Load}; var e = {Make}; ml.Transforms.CopyColumns(\"A\", \"X\").Fit(null); }});")]
    [InlineData($"app.MapGet(\"/schema\", () => {{ ml.Model.Load(\"m.zip\", out var schema); return schema.Count; }});")]
    [InlineData($"PredictionEngine<In, Out> e = null; app.MapPost(\"/p\", (In x) => {{ e ??= {Make}; return 1; }});")]
    [InlineData($"PredictionEngine<In, Out> e = null; app.MapPost(\"/p\", (In x) => {{ if (e == null) e = {Make}; return 1; }});")]
    [InlineData($"app.MapPost(\"/p\", (In x) => cache.GetOrAdd(\"e\", _ => {Make}).Predict(x));")]
    [InlineData($"services.AddSingleton(_ => {Make});")]
    [InlineData($"services.AddScoped<ITransformer>(_ => model);")]
    [InlineData($"Out Handle(In x) => {Make}.Predict(x); Handle(null);")]
    [InlineData("ITransformer kept = null; app.MapPost(\"/p\", () => { var next = ml.Model.Load(\"m.zip\", out _); System.Threading.Interlocked.Exchange(ref kept, next); next.Transform(null); });")]
    [InlineData("ITransformer kept = null; app.MapPost(\"/p\", () => { var next = ml.Model.Load(\"m.zip\", out _); kept = next; next.Transform(null); });")]
    public Task Once_or_of_another_each_time_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("class S : ControllerBase { [NonAction] public Out P(In x) => " + Static + ".Predict(x); }")]
    [InlineData("class S : ControllerBase { static PredictionEngine<In, Out> e = " + Static + "; static S() { e = " + Static + "; } }")]
    [InlineData("class S { public Out P(In x) => " + Static + ".Predict(x); }")]
    [InlineData("class S : ControllerBase { static PredictionEngine<In, Out> e; public void P() { e = " + Static + "; } }")]
    public Task Outside_of_requests_is_quiet(string type) => Rule.Says(Around("", type));

    [Theory]
    [InlineData($"app.MapPost(\"/p\", (In x) => {Make}.Predict(x));", "'CreatePredictionEngine' makes an engine for each request, in milliseconds where a prediction takes microseconds. Take engines from PredictionEnginePool of Microsoft.Extensions.ML, or make one for each thread with ThreadLocal.")]
    [InlineData($"foreach (var x in ins) {{ {Make}.Predict(x); }}", "'CreatePredictionEngine' makes an engine in each turn of the loop, in milliseconds where a prediction takes microseconds. Make the engine once, before the loop.")]
    [InlineData($"foreach (var x in ins) {{ {Load}.Transform(null); }}", "'Load' reads the model in each turn of the loop, in milliseconds where a prediction takes microseconds. Load the model once and keep it.")]
    public async Task The_message_names_the_call_the_cost_and_the_remedy(string body, string message)
    {
        var finding = Assert.Single(await new Code((Code.FileName, Around(body))).Findings<CreatedPerCallAnalyzer>());

        Assert.Equal(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "foreach (var x in ins) ml.Model.Load(", "foreach (var x in ) ml.Model.CreatePredictionEngine<In, Out>(model", "app.MapPost(\"/p\", (In x) => ml.Model.Load(\"", "services.AddScoped(_ => ", "for (;;) ml.Model.Load();" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<CreatedPerCallAnalyzer>();
        }
    }

    private const string Static = "C.Ml.Model.CreatePredictionEngine<In, Out>(C.Model)";

    private static string Around(string body, string types = "") =>
        AspNet.Usings
        + $$"""
        class In { public float X { get; set; } }
        class Out { public float Score { get; set; } }

        class C
        {
            public static readonly MLContext Ml = new MLContext(1);
            public static readonly ITransformer Model = null;
            private readonly ITransformer _model = null;
            private ITransformer Mutable;

            void M(
                MLContext ml, ITransformer model, IServiceCollection services, WebApplication app, List<In> ins, List<string> paths,
                List<ITransformer> models, System.Collections.Concurrent.ConcurrentDictionary<string, PredictionEngine<In, Out>> cache)
            {
                {{body}}
            }

            ITransformer Next() => null;
            void Replace(ref ITransformer model) { }
        }

        {{types}}
        """ + AspNet.Stubs;
}
