using System.Text.Json.Nodes;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>What is refused is refused in the words of the snapshots. Set MLOPS_UPDATE=1 to write them anew, and read the difference.</summary>
public sealed class RefusalSnapshotTests
{
    [Fact]
    public void Inputs_that_cannot_be_evaluated_are_refused_in_the_words_of_the_snapshot()
        => Check("evaluator-refused", EvaluatorCases.Inputs, (_, input) => Evaluator.Evaluate(input()));

    [Fact]
    public void Holdouts_that_cannot_be_read_are_refused_in_the_words_of_the_snapshot()
        => Check("holdout-refused", EvaluatorCases.Requests, (folder, request) => new EvaluateHandler(folder).Handle(request(folder)));

    private static void Check<T>(string name, IReadOnlyDictionary<string, T> cases, Action<CaseFolder, T> act)
        => CaseFolder.Check(name, cases.ToDictionary(pair => pair.Key, pair => new Func<JsonObject>(() =>
        {
            using var folder = new CaseFolder();
            return folder.Refusal(pair.Key, () => act(folder, pair.Value));
        })));
}
