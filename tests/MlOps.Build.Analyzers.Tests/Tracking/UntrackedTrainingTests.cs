using MlOps.Build.Analyzers.Tests.Harness;
using MlOps.Build.Analyzers.Tracking;
using Rule = MlOps.Build.Analyzers.Tests.Harness.Rule<
    MlOps.Build.Analyzers.Tracking.UntrackedTrainingAnalyzer,
    MlOps.Build.Analyzers.CodeFixes.Leakage.FeatureRemovalFix>;

namespace MlOps.Build.Analyzers.Tests.Tracking;

public sealed class UntrackedTrainingTests
{
    [Theory]
    [InlineData("[TrainingEntryPoint] void [|Train|]() { pipeline.Fit(data); }")]
    [InlineData("[TrainingEntryPoint] ITransformer [|Train|]() => Inner(); ITransformer Inner() => pipeline.Fit(data);")]
    [InlineData("[TrainingEntryPoint] void [|Train|]() { Log2(1); pipeline.Fit(data); } void Log2(double value) { }")]
    [InlineData("[TrainingEntryPoint] void [|Train|]() { pipeline.Fit(data); other.Look(data); }")]
    public Task A_training_without_a_record_is_a_warning(string members) => Rule.Says(Around(members));

    [Theory]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); pipeline.Fit(data); }")]
    [InlineData("[TrainingEntryPoint] void Train() { Inner(); } void Inner() { Start(); pipeline.Fit(data); }")]
    [InlineData("[TrainingEntryPoint] void Train() { Action<double> log = Log; log(1); pipeline.Fit(data); }")]
    [InlineData("[TrainingEntryPoint] void Train() { tracker.Log(1); pipeline.Fit(data); }")]
    [InlineData("void Train() { pipeline.Fit(data); }")]
    [InlineData("[TrainingEntryPoint] void Train() { }")]
    [InlineData("[TrainingEntryPoint] void Train() { Train(); Log(1); pipeline.Fit(data); }")]
    [InlineData("[TrainingEntryPoint] void Train() { other.Keep(pipeline.Fit(data)); }")]
    [InlineData("[TrainingEntryPoint] void Train() { other.Judge(ml.Regression.Evaluate(pipeline.Fit(data).Transform(data))); }")]
    public Task A_record_or_a_method_without_the_mark_is_quiet(string members) => Rule.Says(Around(members));

    [Theory]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var m = pipeline.Fit(data); [|ml.Model.Save(m, data.Schema, \"model.zip\")|]; }")]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); Inner(pipeline.Fit(data)); } void Inner(ITransformer m) => [|ml.Model.Save(m, data.Schema, path)|];")]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var m = pipeline.Fit(data); other.Look(data); [|ml.Model.Save(m, data.Schema, \"model.zip\")|]; }")]
    public Task A_saved_model_that_nobody_registers_is_a_warning(string members) => Rule.Says(Around(members));

    [Theory]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var m = pipeline.Fit(data); ml.Model.Save(m, data.Schema, \"model.zip\"); Register(\"model.zip\"); }")]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var m = pipeline.Fit(data); ml.Model.Save(m, data.Schema, System.IO.Path.Combine(System.IO.Path.GetTempPath(), \"m\")); }")]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var f = System.IO.Path.GetTempFileName(); var g = f + \".zip\"; var m = pipeline.Fit(data); ml.Model.Save(m, data.Schema, g); }")]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var m = pipeline.Fit(data); ml.Model.Save(m, data.Schema, stream); }")]
    [InlineData("void Train() { var m = pipeline.Fit(data); ml.Model.Save(m, data.Schema, \"model.zip\"); }")]
    [InlineData("[TrainingEntryPoint] void Train() { Log(1); var m = pipeline.Fit(data); ml.Model.Save(m, data.Schema, \"model.zip\"); other.Keep(m); }")]
    public Task A_registered_model_and_one_on_its_way_are_quiet(string members) => Rule.Says(Around(members));

    [Theory]
    [InlineData("[TrainingEntryPoint] void Train() { pipeline.Fit(")]
    [InlineData("[TrainingEntryPoint] void Train() => ;")]
    public async Task Code_that_is_being_typed_is_borne(string members) =>
        await new Code((Code.FileName, Around(members))) { MayBeBroken = true }.Findings<UntrackedTrainingAnalyzer>();

    private static string Around(string members) =>
        $$"""
        using MlOps.Build.Annotations;

        namespace MlOps.Build.Annotations
        {
            [AttributeUsage(AttributeTargets.Method)] class TrainingEntryPointAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class StartsRunAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class LogsMetricsAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class RegistersModelAttribute : Attribute;
            [AttributeUsage(AttributeTargets.Method)] class DeploysModelAttribute : Attribute;
        }

        abstract class Tracker { [LogsMetrics] public abstract void Log(double value); }

        class OurTracker : Tracker { public override void Log(double value) { } }

        class Other
        {
            public void Keep(ITransformer model) { }

            public void Judge(object metrics) { }

            public void Look(IDataView data) { }
        }

        abstract class C(MLContext ml, IDataView data, IEstimator<ITransformer> pipeline, string path, System.IO.Stream stream, OurTracker tracker, Other other)
        {
            protected object Kept => (ml, data, pipeline, path, stream, tracker, other);

            [LogsMetrics] void Log(double value) { }

            [StartsRun] void Start() { }

            [RegistersModel] void Register(string file) { }

            {{members}}
        }
        """;
}
