using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Benchmarks.Evaluating;

/// <summary>How often intervals of 95 % hold the truth, by simulation.</summary>
internal sealed class Coverage : IBenchmark
{
    private const int Repetitions = 2000;
    private const int Resamples = 400;
    private const int TruthRows = 2_000_000;

    private static readonly (ModelTask Task, string Metric)[] Cases =
    [
        (ModelTask.BinaryClassification, "auc"), (ModelTask.BinaryClassification, "accuracy"), (ModelTask.BinaryClassification, "log-loss"),
        (ModelTask.BinaryClassification, "f1"), (ModelTask.MulticlassClassification, "macro-f1"), (ModelTask.Regression, "rmse"),
        (ModelTask.Regression, "mae"), (ModelTask.Regression, "medae"), (ModelTask.Regression, "r2"),
    ];

    public string Name => "coverage";

    public string Title => "Do 95 % intervals hold the truth 95 % of the time?";

    public async Task<string> RunAsync(TextWriter progress)
    {
        var page = new StringBuilder(FormattableString.Invariant($"""
            Models with known truth (the metric on {TruthRows:N0} rows), {Repetitions:N0} holdouts for each size, two-sided intervals of 95 % of the model's own
            value and of the difference to a second model on the same rows; {Resamples} resamples where a metric is resampled. Labels are drawn with the rows, so
            intervals that are stratified by class are of a given class balance. The share that holds the truth has itself an error of ±1 %. Promised:
            93.5 % to 96.5 %.


            """)).AppendLine("| metric | rows | own value | difference |").AppendLine("|:--|--:|--:|--:|");
        foreach (var (task, name) in Cases)
        {
            var metric = MetricCatalogue.Find(task, name)!;
            var truth = Comparison.Of(Rows(task, TruthRows, 1), 0.975, [], 0, 1);
            var (own, difference) = (truth.Of(metric, Contrast.Own).Value, truth.Of(metric, new(1, -1)).Value);
            foreach (var rows in new[] { 500, 5000 })
            {
                int ownHeld = 0, differenceHeld = 0;
                for (var repetition = 0; repetition < Repetitions; repetition++)
                {
                    var comparison = Comparison.Of(Rows(task, rows, 100 + repetition), 0.975, Comparison.NeedsResampling(metric, Contrast.Own, Rows(task, 2, 1)) ? [metric] : [], Resamples, repetition);
                    ownHeld += Holds(comparison.Of(metric, Contrast.Own), own) ? 1 : 0;
                    differenceHeld += Holds(comparison.Of(metric, new(1, -1)), difference) ? 1 : 0;
                }

                await progress.WriteLineAsync(FormattableString.Invariant($"{name} {rows}: {ownHeld} {differenceHeld}"));
                page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {rows:N0} | {100.0 * ownHeld / Repetitions:0.0} % | {100.0 * differenceHeld / Repetitions:0.0} % |");
            }
        }

        return page.ToString();
    }

    private static bool Holds(Estimate estimate, double truth) => estimate.Bounds is { } bounds && bounds.Lower <= truth && truth <= bounds.Upper;

    private static EvaluatedRows Rows(ModelTask task, int rows, int seed)
    {
        var data = new ScoredData(rows, (ulong)seed);
        if (task == ModelTask.BinaryClassification)
        {
            return data.Rows;
        }

        if (task == ModelTask.MulticlassClassification)
        {
            return Several(data, rows);
        }

        double[] labels = [.. Enumerable.Range(0, rows).Select(_ => data.Gauss())];
        return new()
        {
            Task = task,
            Labels = labels,
            ClassCount = 0,
            Groups = null,
            Challenger = [new([[.. labels.Select(label => label + (0.5 * data.Gauss()))]])],
            Baseline = [new([[.. labels.Select(label => label + (0.6 * data.Gauss()))]])],
            Threshold = 0.5,
        };
    }

    /// <summary>Three classes: a row has a leaning to each, its label follows them with noise, and so do the scores of both models.</summary>
    private static EvaluatedRows Several(ScoredData data, int rows)
    {
        const int Classes = 3;
        double[][] leanings = [.. Enumerable.Range(0, Classes).Select(place => Enumerable.Range(0, rows).Select(_ => data.Gauss() - (0.5 * place)).ToArray())];
        double[][] Noisy(double noise) => [.. leanings.Select(column => Array.ConvertAll(column, leaning => leaning + (noise * data.Gauss())))];
        double[][] Scores(double noise) => [.. Noisy(noise).Select(column => Array.ConvertAll(column, Math.Exp))];
        var truth = Noisy(0.5);
        return new()
        {
            Task = ModelTask.MulticlassClassification,
            Labels = [.. Enumerable.Range(0, rows).Select(row => (double)Enumerable.Range(0, Classes).MaxBy(place => truth[place][row]))],
            ClassCount = Classes,
            Groups = null,
            Challenger = [new(Scores(0.5))],
            Baseline = [new(Scores(0.7))],
            Threshold = 0.5,
        };
    }
}
