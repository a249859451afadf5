using MlOps.Build.Analyzers.Leakage;
using MlOps.Build.Analyzers.Reproducibility;
using MlOps.Build.Analyzers.Tests.Harness;
using MlOps.Build.Analyzers.Tracking;

namespace MlOps.Build.Analyzers.Tests;

public sealed class ExplorationMarkTests
{
    private const string Marks = """
        namespace MlOps.Build.Annotations
        {
            class ExplorationAttribute : Attribute;
            class TrainingEntryPointAttribute : Attribute;
            class LogsMetricsAttribute : Attribute;
            class StartsRunAttribute : Attribute;
        }
        """;

    private const string Unseeded = "object M(MLContext other) => new MLContext().Regression.Trainers.Sdca();";

    [Theory]
    [InlineData("[Exploration] class C { " + Unseeded + " }", 0)]
    [InlineData("class C { [Exploration] " + Unseeded + " }", 0)]
    [InlineData("class C { [Exploration] void N() { } " + Unseeded + " }", 1)]
    [InlineData("class C { " + Unseeded + " } [Exploration] class D;", 1)]
    [InlineData("[Exploration] class C { class D<T> { class E { " + Unseeded + " } } }", 0)]
    [InlineData("class C { [Exploration] class D<T> { struct E { " + Unseeded + " } } }", 0)]
    [InlineData("class C { [Exploration] class D; class D<T> { " + Unseeded + " } }", 1)]
    [InlineData("namespace A { namespace B.C { [Exploration] class D { " + Unseeded + " } } }", 0)]
    [InlineData("namespace A.B { [Exploration] class D; } namespace A { class D { " + Unseeded + " } }", 1)]
    [InlineData("[Exploration] partial class C; partial class C { " + Unseeded + " }", 0)]
    [InlineData("class C { [Exploration] object M() { object Inner() => new MLContext().Regression.Trainers.Sdca(); return Inner(); } }", 0)]
    [InlineData("[Exploration] class C { object ml = new MLContext().Regression.Trainers.Sdca(); }", 0)]
    [InlineData("class C { object ml = new MLContext().Regression.Trainers.Sdca(); [Exploration] void M() { } }", 1)]
    [InlineData("using Spike = MlOps.Build.Annotations.ExplorationAttribute; [Spike] class C { " + Unseeded + " }", 0)]
    [InlineData("[assembly: MlOps.Build.Annotations.Exploration] class C { " + Unseeded + " }", 0)]
    public async Task A_context_without_a_seed_is_free_to_explorers_only(string code, int findings)
    {
        var explored = new Code((Code.FileName, "using MlOps.Build.Annotations;\n" + code), ("/repo/project/Marks.cs", Marks));

        Assert.Equal(findings, (await explored.Findings<UnseededMLContextAnalyzer>()).Length);
    }

    [Theory]
    [InlineData("[Exploration]", 0)]
    [InlineData("", 1)]
    public async Task A_spike_keeps_no_record(string mark, int findings)
    {
        var code = new Code(
            (Code.FileName, $$"""
                using MlOps.Build.Annotations;
                class C
                {
                    {{mark}} [TrainingEntryPoint] void M(MLContext ml, IDataView data) => ml.Transforms.CopyColumns("A", "X").Fit(data);
                }
                """),
            ("/repo/project/Marks.cs", Marks));

        Assert.Equal(findings, (await code.Findings<UntrackedTrainingAnalyzer>()).Length);
    }

    [Fact]
    public async Task A_figure_that_flatters_does_so_in_a_spike_too()
    {
        var code = new Code(
            (Code.FileName, """
                [MlOps.Build.Annotations.Exploration] class C
                {
                    object M(MLContext ml, IDataView data)
                    {
                        var model = ml.Regression.Trainers.Sdca().Fit(data);
                        return ml.Regression.Evaluate(model.Transform(data));
                    }
                }
                """),
            ("/repo/project/Marks.cs", Marks));

        Assert.Single(await code.Findings<EvaluatedOnTrainingAnalyzer>());
    }
}
