using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Every number and word of small evaluations is that of its snapshot. Set MLOPS_UPDATE=1 to write them anew, and read the difference.</summary>
public sealed class EvaluationSnapshotTests
{
    public static TheoryData<string> Names => [.. EvaluationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_evaluation_is_the_snapshot(string name)
        => EvaluationSnapshot.Check(name, Evaluator.Evaluate(EvaluationCases.All[name]()));
}
