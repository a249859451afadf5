using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Gating;

namespace MlOps.Build.Benchmarks.Evaluating;

/// <summary>How often the whole policy of the template is wrong about models whose truth is known.</summary>
internal sealed class FalseVerdicts : IBenchmark
{
    private const int Repetitions = 2000;
    private const int TruthRows = 2_000_000;
    private const double Margin = 0.01;
    private const int Slices = 5;

    private static readonly GateConfiguration Policy = new()
    {
        Rules =
        [
            new() { Metric = "auc", AtLeast = 0.65, NoWorseBy = new(Margin, false) },
            new() { Metric = "log-loss", NoWorseBy = new(0.02, true) },
            new() { Metric = "auc", Slices = ["slice"], NoWorseBy = new(0.05, false) },
        ],
    };

    public string Name => "verdicts";

    public string Title => "How often is a verdict wrong?";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var atMargin = NoiseAtMargin();
        var page = new StringBuilder(FormattableString.Invariant($"""
            The policy of the template (an AUC of 0.65 and no worse by {Margin}, log loss no worse by 2 %, AUC no worse by 0.05 in each of {Slices} slices) on
            {Repetitions:N0} holdouts for each line. *twins*: two models of exactly the same quality, each with errors of its own; a verdict of `fail` is wrong.
            *at the margin*: the challenger's AUC is truly worse by {Margin}, found on {TruthRows:N0} rows; a verdict of `pass` is wrong. *no slice harmed*:
            slices alone, a margin of 0, twins; `fail` is wrong. A gate at 95 % may be wrong in 5 %; the share has itself an error of ±1 %.


            """)).AppendLine("| models | rows | pass | cannot tell | fail | wrong |").AppendLine("|:--|--:|--:|--:|--:|--:|");
        var slicesOnly = new GateConfiguration { Rules = [new() { Metric = "auc", Slices = ["slice"], NoWorseBy = new(0, false) }] };
        foreach (var (name, noise, policy, wrong) in new[] { ("twins", 1.0, Policy, VerdictKind.Fail), ("at the margin", atMargin, Policy, VerdictKind.Pass), ("no slice harmed", 1.0, slicesOnly, VerdictKind.Fail) })
        {
            foreach (var rows in new[] { 1000, 5000, 20_000 })
            {
                var kinds = Enumerable.Range(0, Repetitions).AsParallel().Select(repetition => Judge(policy, new ScoredData(rows, (ulong)(1000 + repetition), noise, 1))).ToArray();
                string Share(VerdictKind kind) => FormattableString.Invariant($"{100.0 * kinds.Count(item => item == kind) / Repetitions:0.0} %");
                await progress.WriteLineAsync(FormattableString.Invariant($"{name} {rows}: {Share(VerdictKind.Pass)} {Share(VerdictKind.Inconclusive)} {Share(VerdictKind.Fail)}"));
                page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {rows:N0} | {Share(VerdictKind.Pass)} | {Share(VerdictKind.Inconclusive)} | {Share(VerdictKind.Fail)} | {Share(wrong)} |");
            }
        }

        return page.ToString();
    }

    private static VerdictKind Judge(GateConfiguration policy, ScoredData data)
    {
        var evaluation = Evaluator.Evaluate(EvaluationSpeed.Input(data, policy, [Slice(data.Labels.Length)]));
        return Gate.Judge(evaluation, policy, new GateContext { Now = DateTimeOffset.UnixEpoch, EngineDigest = "sha256:none" }).Kind;
    }

    private static SliceColumn Slice(int rows)
        => new("slice", false, [.. Enumerable.Range(0, Slices).Select(slice => FormattableString.Invariant($"s{slice}"))], [.. Enumerable.Range(0, rows).Select(row => row % Slices)]);

    /// <summary>The noise of a challenger whose AUC is worse by the margin, by bisection.</summary>
    private static double NoiseAtMargin()
    {
        var auc = MetricCatalogue.Find(ModelTask.BinaryClassification, "auc")!;
        var (low, high) = (1.0, 2.0);
        for (var step = 0; step < 20; step++)
        {
            var noise = (low + high) / 2;
            var difference = Comparison.Of(new ScoredData(TruthRows, 1, noise, 1).Rows, 0.95, [], 0, 1).Of(auc, Contrast.Difference(auc)).Value;
            (low, high) = difference > -Margin ? (noise, high) : (low, noise);
        }

        return low;
    }
}
