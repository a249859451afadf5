using MlOps.Build.Analyzers.Serving;
using MlOps.Build.Analyzers.Tests.Harness;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Serving.SharedEngineAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Serving.PerThreadEngineFix>;

namespace MlOps.Build.Analyzers.Tests.Serving;

public sealed class SharedEngineTests
{
    private const string Make = "ml.Model.CreatePredictionEngine<In, Out>(model)";

    [Theory]
    [InlineData($"[|services.AddSingleton(_ => {Make})|];")]
    [InlineData("[|services.AddSingleton(engine)|];")]
    [InlineData("[|services.AddSingleton<PredictionEngine<In, Out>>(_ => Fresh())|];")]
    [InlineData("[|services.AddSingleton(typeof(PredictionEngine<In, Out>), _ => Fresh())|];")]
    [InlineData($"[|services.TryAddSingleton(_ => {Make})|];")]
    [InlineData($"[|services.AddSingleton(new Lazy<PredictionEngine<In, Out>>(() => {Make}))|];")]
    [InlineData("[|services.AddSingleton<PredictionEngineBase<In, Out>>(engine)|];")]
    public Task An_engine_in_the_container_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("app.MapPost(\"/p\", (In x) => [|engine|].Predict(x));")]
    [InlineData("app.MapPost(\"/p\", (In x) => { var e = [|engine|]; return e.Predict(x); });")]
    [InlineData($"var own = {Make}; app.MapGet(\"/p\", (float x) => [|own|].Predict(new In {{ X = x }}));")]
    [InlineData("app.MapPost(\"/p\", async (In x) => { await Task.Yield(); return [|engine|].Predict(x); });")]
    [InlineData("app.MapPost(\"/p\", (In x) => [|lazy|].Value.Predict(x));")]
    [InlineData("app.Use((context, next) => { [|engine|].Predict(new In()); return next(); });")]
    [InlineData("Parallel.ForEach(ins, x => [|engine|].Predict(x));")]
    [InlineData("Parallel.For(0, 9, i => { lock (new object()) { } [|engine|].Predict(ins[i]); });")]
    [InlineData("ins.AsParallel().Select(x => [|engine|].Predict(x)).ToList();")]
    [InlineData("ins.AsParallel().ForAll(x => Use([|engine|]));")]
    [InlineData("foreach (var x in ins) { Task.Run(() => [|engine|].Predict(x)); }")]
    [InlineData("var all = Task.WhenAll(ins.Select(x => Task.Run(() => [|engine|].Predict(x))));")]
    [InlineData("for (var i = 0; i < 4; i++) { ThreadPool.QueueUserWorkItem(_ => [|engine|].Predict(new In())); }")]
    [InlineData("Parallel.ForEach(ins, x => [|_engine|].Predict(x));")]
    public Task An_engine_from_outside_in_concurrent_code_is_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("services.AddSingleton(new PredictionEnginePool<In, Out>());")]
    [InlineData("services.AddSingleton<ITransformer>(_ => model);")]
    [InlineData("services.AddSingleton(new ThreadLocal<PredictionEngine<In, Out>>(Fresh));")]
    [InlineData($"services.AddScoped(_ => {Make});")]
    [InlineData("app.MapPost(\"/p\", (In x, PredictionEngine<In, Out> own) => own.Predict(x));")]
    [InlineData("app.MapPost(\"/p\", (In x) => { var own = Fresh(); return own.Predict(x); });")]
    [InlineData("app.MapPost(\"/p\", (In x) => { lock (ins) { return engine.Predict(x); } });")]
    [InlineData("app.MapPost(\"/p\", async (In x) => { await gate.WaitAsync(); try { return engine.Predict(x); } finally { gate.Release(); } });")]
    [InlineData("app.MapPost(\"/p\", (In x) => pool.Predict(x));")]
    [InlineData("app.MapPost(\"/p\", (In x) => nameof(engine));")]
    [InlineData("Parallel.ForEach(ins, x => { var own = Fresh(); own.Predict(x); });")]
    [InlineData("Parallel.For(0, 9, Fresh, (i, state, own) => { own.Predict(ins[i]); return own; }, own => own.Dispose());")]
    [InlineData("Parallel.ForEach(ins, x => local.Value.Predict(x));")]
    [InlineData("var t = Task.Run(() => engine.Predict(new In()));")]
    [InlineData("foreach (var x in ins) { Task.Run(() => engine.Predict(x)).Wait(); }")]
    [InlineData("foreach (var x in ins) { var t = Task.Run(() => engine.Predict(x)); _ = t.Result; }")]
    [InlineData("foreach (var x in ins) { engine.Predict(x); }")]
    [InlineData("ins.Select(x => engine.Predict(x)).ToList();")]
    [InlineData("Parallel.ForEach(engines, one => one.Predict(new In()));")]
    public Task One_thread_at_a_time_is_quiet(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("public static [|PredictionEngine<In, Out>|] Engine;")]
    [InlineData("public static readonly [|Lazy<PredictionEngine<In, Out>>|] Engine = new(() => null, true);")]
    [InlineData("internal static [|PredictionEngine<In, Out>|] Engine { get; } = null;")]
    [InlineData("static [|PredictionEngine<In, Out>|] e; static Out P(In x) => e.Predict(x);")]
    [InlineData("static [|PredictionEngine<In, Out>|] e; static Out P(In x) { e ??= null; return e.Predict(x); }")]
    [InlineData("static [|PredictionEngine<In, Out>|] e; static Out P(In x) { lock (typeof(S)) { e.Predict(x); } return e.Predict(x); }")]
    public Task A_static_engine_is_a_warning(string members) => Rule.Says(Around("", "class S { " + members + " }"));

    [Theory]
    [InlineData("static PredictionEngine<In, Out> e; static Out P(In x) { lock (typeof(S)) { e ??= null; return e.Predict(x); } }")]
    [InlineData("[ThreadStatic] static PredictionEngine<In, Out> e; static Out P(In x) => e.Predict(x);")]
    [InlineData("static ThreadLocal<PredictionEngine<In, Out>> e; static Out P(In x) => e.Value.Predict(x);")]
    [InlineData("static PredictionEngine<In, Out> e; static void P() { if (e is null) { e = null; } e.Dispose(); }")]
    [InlineData("static PredictionEngine<In, Out> Made => null;")]
    [InlineData("public PredictionEngine<In, Out> Engine; public Out P(In x) => Engine.Predict(x);")]
    [InlineData("public static ITransformer Model;")]
    public Task An_engine_that_one_thread_has_is_quiet(string members) => Rule.Says(Around("", "class S { " + members + " }"));

    [Theory]
    [InlineData("services.AddSingleton<S>();")]
    [InlineData("services.AddSingleton<IS, S>();")]
    [InlineData("services.AddSingleton<IS>(new S());")]
    [InlineData("services.AddSingleton<IS>(_ => new S());")]
    public Task A_member_of_a_singleton_is_a_warning(string body) => Rule.Says(Around(
        body, "interface IS { } class S : IS { private readonly [|PredictionEngine<In, Out>|] e = null; public Out P(In x) => e.Predict(x); }"));

    [Fact]
    public Task A_member_of_a_middleware_is_a_warning() => Rule.Says(Around(
        "", "class S(RequestDelegate next) { private [|PredictionEngine<In, Out>|] e; public Task InvokeAsync(HttpContext c) { e.Predict(null); return next(c); } }"));

    [Theory]
    [InlineData("services.AddScoped<S>();", "private PredictionEngine<In, Out> e; public Out P(In x) => e.Predict(x);")]
    [InlineData("services.AddSingleton<S>();", "private PredictionEngine<In, Out> e; public Out P(In x) { lock (this) { return e.Predict(x); } }")]
    [InlineData("services.AddSingleton<S>();", "private ThreadLocal<PredictionEngine<In, Out>> e; public Out P(In x) => e.Value.Predict(x);")]
    public Task A_member_that_is_guarded_or_of_one_scope_is_quiet(string body, string members) =>
        Rule.Says(Around(body, "class S { " + members + " }"));

    [Theory]
    [InlineData("PredictionEngine<In, Out>", "", "void Own() => e.Predict(null);")]
    [InlineData("[|PredictionEngine<In, Out>|]", "", "public Out P(In x) => e.Predict(x);")]
    [InlineData("[|PredictionEngine<In, Out>|]", "NoLoop", "")]
    public Task A_background_service_that_nobody_calls_is_quiet(string engine, string type, string member) => Rule.Says(Around(
        "services.AddSingleton<S>();",
        $$"""
        class S : Microsoft.Extensions.Hosting.{{type}}BackgroundService
        {
            private readonly {{engine}} e = null;
            protected override Task ExecuteAsync() { e.Predict(null); return null; }
            {{member}}
        }

        namespace Microsoft.Extensions.Hosting
        {
            public abstract class BackgroundService { protected abstract Task ExecuteAsync(); }
            public abstract class NoLoopBackgroundService { protected abstract Task ExecuteAsync(); }
        }
        """));

    [Theory]
    [InlineData("lock (s) { s.E.Predict(null); }", "internal PredictionEngine<In, Out> E;")]
    [InlineData("lock (s) { s.E.Predict(null); }", "public PredictionEngine<In, Out> E { get; } = null;")]
    [InlineData("lock (ins) { S.Of.Predict(null); }", "internal static readonly PredictionEngine<In, Out> Of = null;")]
    [InlineData("lock (s) { s.E.Predict(null); }", "public PredictionEngine<In, Out> E; void Own() { lock (this) { E.Predict(null); } }")]
    [InlineData("", "PredictionEngine<In, Out> E; class Inner { void Use(S s) { lock (s) { s.E.Predict(null); } } }")]
    public Task An_engine_that_another_type_guards_is_quiet(string body, string members) =>
        Rule.Says(Around($"services.AddSingleton<S>(); S s = null; {body}", "class S { " + members + " }"));

    [Theory]
    [InlineData("lock (s) { s.E.Predict(null); } s.E.Predict(null);", "", "internal [|PredictionEngine<In, Out>|] E;")]
    [InlineData("s.E.Predict(null);", "", "public [|PredictionEngine<In, Out>|] E { get; } = null;")]
    [InlineData("lock (s) { s.E.Predict(null); }", "", "public [|PredictionEngine<In, Out>|] E; void Own() => E.Predict(null);")]
    [InlineData("S.Of.Predict(null);", "", "internal static readonly [|PredictionEngine<In, Out>|] Of = null;")]
    [InlineData("lock (ins) { S.Of.Predict(null); }", "public", "public static readonly [|PredictionEngine<In, Out>|] Of = null;")]
    [InlineData("", "", "[|PredictionEngine<In, Out>|] E; class Inner { void Use(S s) { s.E.Predict(null); } }")]
    public Task An_engine_that_some_type_does_not_guard_is_a_warning(string body, string access, string members) => Rule.Says(Around(
            $"services.AddSingleton<S>(); S s = null; {body}", $"{access} class S {{ {members} }}")
        .Replace("class In", "public class In", StringComparison.Ordinal).Replace("class Out", "public class Out", StringComparison.Ordinal));

    [Fact]
    public Task A_program_without_a_server_may_keep_a_static_engine() => Rule.SaysOfProgram(
        """
        Console.WriteLine(P.Engine.Predict(new P()).X);

        class P { public float X { get; set; } public static PredictionEngine<P, P> Engine; }
        """);

    [Fact]
    public Task A_program_with_a_server_may_not() => Rule.SaysOfProgram(
        """
        Console.WriteLine(P.Engine.Predict(new P()).X);

        class P { public float X { get; set; } public static [|PredictionEngine<P, P>|] Engine; }

        """ + AspNet.Stubs);

    [Theory]
    [InlineData("", 1)]
    [InlineData("MLOPS4001.exclude_files = *.consumption.cs, *.training.cs", 0)]
    public async Task What_Model_Builder_writes_can_be_left_out(string option, int findings)
    {
        var written = "public class In { } public class Out { } partial class Price { public static readonly Lazy<PredictionEngine<In, Out>> PredictEngine = new(() => null, true); }";
        var code = new Code(("/repo/project/Price.consumption.cs", written))
            .With("/repo/project/.editorconfig", $"root = true\n[*.cs]\n{option}\n");

        Assert.Equal(findings, (await code.Findings<SharedEngineAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("", "Take engines from PredictionEnginePool of Microsoft.Extensions.ML, or make one for each thread with ThreadLocal")]
    [InlineData("namespace MlOps.Build.Serving { public static class ServingExtensions { } }", "Let 'AddMlOpsServing' make the engines")]
    public async Task The_message_names_the_engine_the_threads_and_the_remedy(string referenced, string remedy)
    {
        var code = new Code((Code.FileName, Around("Parallel.ForEach(ins, x => engine.Predict(x));") + referenced));

        var finding = Assert.Single(await code.Findings<SharedEngineAnalyzer>());

        Assert.Equal(
            $"'engine' is used by several threads at once ('Parallel.ForEach'), and then one caller gets the answer of another. {remedy}.",
            finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Code_that_is_being_typed_is_borne()
    {
        foreach (var broken in new[] { "services.AddSingleton(", "services.AddSingleton(_ => )", "Parallel.ForEach(ins, x => engine.", "app.MapPost(\"/p\", (In x) => engine.Predict(", "services.AddSingleton<PredictionEngine<In>>();" })
        {
            await new Code((Code.FileName, Around(broken))) { MayBeBroken = true }.Findings<SharedEngineAnalyzer>();
        }
    }

    private static string Around(string body, string types = "") =>
        AspNet.Usings
        + $$"""
        class In { public float X { get; set; } }
        class Out { public float Score { get; set; } }

        class C
        {
            private readonly PredictionEngine<In, Out> _engine = null;

            void M(
                MLContext ml, ITransformer model, IServiceCollection services, WebApplication app, PredictionEngine<In, Out> engine,
                Lazy<PredictionEngine<In, Out>> lazy, ThreadLocal<PredictionEngine<In, Out>> local, List<PredictionEngine<In, Out>> engines,
                PredictionEnginePool<In, Out> pool, List<In> ins, SemaphoreSlim gate)
            {
                {{body}}
            }

            PredictionEngine<In, Out> Fresh() => null;
            void Use(object any) { }
        }

        {{types}}
        """ + AspNet.Stubs;
}
