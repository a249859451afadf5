using MlOps.Build.Analyzers.Tests.Harness;
using MlOps.Build.Analyzers.Tracking;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Tracking.DroppedMetricsAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Tracking.DroppedMetricsFix>;

namespace MlOps.Build.Analyzers.Tests.Tracking;

public sealed class DroppedMetricsTests
{
    [Theory]
    [InlineData("[|ml.BinaryClassification.Evaluate(data)|];")]
    [InlineData("[|ml.BinaryClassification.EvaluateNonCalibrated(data)|];")]
    [InlineData("[|ml.MulticlassClassification.Evaluate(data)|];")]
    [InlineData("[|ml.Ranking.Evaluate(data)|];")]
    [InlineData("[|ml.Clustering.Evaluate(data)|];")]
    [InlineData("[|ml.AnomalyDetection.Evaluate(data)|];")]
    [InlineData("[|ml.Regression.CrossValidate(data, ml.Regression.Trainers.Sdca())|];")]
    [InlineData("var m = [|ml.Regression.Evaluate(data)|];")]
    [InlineData("var r2 = [|ml.Regression.Evaluate(data)|].RSquared;")]
    [InlineData("object m = [|ml.Regression.Evaluate(data)|];")]
    [InlineData("RegressionMetrics m; m = [|ml.Regression.Evaluate(data)|];")]
    [InlineData("if (ready) [|ml.Regression.Evaluate(data)|];")]
    [InlineData("Action go = () => { [|ml.Regression.Evaluate(data)|]; };")]
    [InlineData("void Look() => [|ml.Regression.Evaluate(data)|];")]
    [InlineData("var m = [|ml.Regression.Evaluate(data)|]; { void Look(int m) => Console.WriteLine(m); Look(1); }")]
    [InlineData("ml?[|.Regression.Evaluate(data)|];")]
    public Task Metrics_that_nothing_reads_are_a_warning(string body) => Rule.Says(Around(body));

    [Theory]
    [InlineData("var m = ml.Regression.Evaluate(data); Console.WriteLine(m.RSquared);")]
    [InlineData("var m = ml.Regression.Evaluate(data); Action later = () => Console.WriteLine(m.RSquared);")]
    [InlineData("var m = ml.Regression.Evaluate(data); void Later() => Console.WriteLine(m);")]
    [InlineData("RegressionMetrics m = null; void Fill() { m = ml.Regression.Evaluate(data); } Fill(); Console.WriteLine(m);")]
    [InlineData("RegressionMetrics m; Console.WriteLine(m = ml.Regression.Evaluate(data));")]
    [InlineData("var (m, n) = (ml.Regression.Evaluate(data), 1);")]
    [InlineData("_ = ml.Regression.Evaluate(data);")]
    [InlineData("Time(() => ml.Regression.Evaluate(data));")]
    [InlineData("Func<object> f = () => ml.Regression.Evaluate(data);")]
    [InlineData("field = ml.Regression.Evaluate(data);")]
    [InlineData("if (ml.Regression.Evaluate(data) is { RSquared: > 0.5 } m) { }")]
    [InlineData("var good = ml.Regression.Evaluate(data) switch { { RSquared: > 0.5 } => 1, _ => 0 };")]
    [InlineData("foreach (var fold in ml.Regression.CrossValidate(data, ml.Regression.Trainers.Sdca())) { }")]
    [InlineData("var n = ml.Regression.CrossValidate(data, ml.Regression.Trainers.Sdca()).Average(fold => fold.Metrics.RSquared);")]
    [InlineData("var m = ml.Regression.Evaluate(data); var name = nameof(m);")]
    [InlineData("var m = ml.Regression.Evaluate(data); ref var other = ref m;")]
    [InlineData("own.Evaluate(data);")]
    public Task Metrics_that_may_be_read_are_quiet(string body) => Rule.Says(Around(body));

    [Fact]
    public Task What_another_build_reads_is_quiet() => Rule.Says(Around(
        """
        var m = ml.Regression.Evaluate(data);
        #if REPORT
                Console.WriteLine(m.RSquared);
        #endif
        """));

    [Theory]
    [InlineData("namespace Xunit { class FactAttribute : Attribute; }")]
    [InlineData("namespace BenchmarkDotNet.Attributes { class BenchmarkAttribute : Attribute; }")]
    public Task Tests_and_benchmarks_are_quiet(string library) => Rule.Says(Around("ml.Regression.Evaluate(data);") + "\n" + library);

    [Fact]
    public Task Exploration_is_quiet() => Rule.Says(Around("ml.Regression.Evaluate(data);").Replace("class C", "[Exploration] class C", StringComparison.Ordinal));

    [Theory]
    [InlineData("ml.Regression.Evaluate(")]
    [InlineData("var m = ml.Regression.Evaluate(data); m.")]
    [InlineData("var m = ml.Regression.Evaluate(data); if (m.RSquared > ")]
    [InlineData("= ml.Regression.Evaluate(data)")]
    public async Task Code_that_is_being_typed_is_borne(string body) =>
        await new Code((Code.FileName, Around(body))) { MayBeBroken = true }.Findings<DroppedMetricsAnalyzer>();

    [Fact]
    public async Task A_local_that_may_be_read_by_what_is_being_typed_is_quiet() => Assert.Empty(
        await new Code((Code.FileName, Around("var m = ml.Regression.Evaluate(data); Console.WriteLin(m.RSq);"))) { MayBeBroken = true }
            .Findings<DroppedMetricsAnalyzer>());

    [Theory]
    [InlineData("[|ml.BinaryClassification.Evaluate(data)|];", "var metrics = ml.BinaryClassification.Evaluate(data);", "run.Log(\"auc\", metrics.AreaUnderRocCurve);")]
    [InlineData("[|ml.MulticlassClassification.Evaluate(data)|];", "var metrics = ml.MulticlassClassification.Evaluate(data);", "run.Log(\"log-loss\", metrics.LogLoss);")]
    [InlineData("[|ml.Clustering.Evaluate(data)|];", "var metrics = ml.Clustering.Evaluate(data);", "run.Log(\"average-distance\", metrics.AverageDistance);")]
    [InlineData("var m = [|ml.Regression.Evaluate(data)|]; // the test rows", "var m = ml.Regression.Evaluate(data); // the test rows", "run.Log(\"rmse\", m.RootMeanSquaredError);")]
    public Task The_metrics_are_kept_and_logged(string dropped, string kept, string logged) => Rule.Mends(
        Around(dropped, "Run run"), Around($"{kept}\n        {logged}", "Run run"));

    [Fact]
    public Task Several_are_mended_at_once_and_comments_stay() => Rule.Mends(
        Around(
            """
            // First the old rows.
                    [|ml.Regression.Evaluate(data)|]; // all of them
                    if (ready)
                    {
                        [|ml.Regression.Evaluate(
                            data,
                            labelColumnName: "Label")|];
                    }
            """,
            "Run run"),
        Around(
            """
            // First the old rows.
                    var metrics = ml.Regression.Evaluate(data); // all of them
                    run.Log("rmse", metrics.RootMeanSquaredError);
                    if (ready)
                    {
                        var metrics2 = ml.Regression.Evaluate(
                            data,
                            labelColumnName: "Label");
                        run.Log("rmse", metrics2.RootMeanSquaredError);
                    }
            """,
            "Run run"));

    [Theory]
    [InlineData("[|ml.Regression.Evaluate(data)|];", "int none")]
    [InlineData("[|ml.Regression.Evaluate(data)|];", "Run run, Run other")]
    [InlineData("[|ml.Regression.Evaluate(data)|];", "AsyncRun run")]
    [InlineData("[|ml.Regression.Evaluate(data)|]; Run run = new();", "int none")]
    [InlineData("[|ml.Ranking.Evaluate(data)|];", "Run run")]
    [InlineData("if (ready) [|ml.Regression.Evaluate(data)|];", "Run run")]
    [InlineData("ml?[|.Regression.Evaluate(data)|];", "Run run")]
    [InlineData("[|ml.Regression.CrossValidate(data, ml.Regression.Trainers.Sdca())|];", "Run run")]
    [InlineData("[|ml.Regression.Evaluate(data)|];", "Unmarked run")]
    public Task No_fix_is_made_up_where_nothing_or_not_one_thing_logs(string body, string parameter) => Rule.HasNoFixFor(Around(body, parameter));

    private static string Around(string body, string parameter = "int unused") =>
        $$"""
        using MlOps.Build.Annotations;

        namespace MlOps.Build.Annotations
        {
            class LogsMetricsAttribute : Attribute;
            class ExplorationAttribute : Attribute;
        }

        class Run { [LogsMetrics] public void Log(string name, double value, int step = 0) { } }

        class AsyncRun { [LogsMetrics] public Task Log(string name, double value) => Task.CompletedTask; }

        class Unmarked { public void Log(string name, double value) { } }

        class Own { public void Evaluate(IDataView data) { } }

        class C
        {
            private RegressionMetrics field;

            static void Time(Action work) => work();

            void M(MLContext ml, IDataView data, Own own, bool ready, {{parameter}})
            {
                {{body}}
            }
        }
        """;
}
