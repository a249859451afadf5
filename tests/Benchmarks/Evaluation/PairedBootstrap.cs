using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Benchmarks.Evaluating;

/// <summary>The paired bootstrap of an AUC beside that of R's pROC and of scikit-learn, on the same rows, in turn.</summary>
internal sealed class PairedBootstrap : IBenchmark
{
    private const int Rows = 20_000;
    private const int Resamples = 2000;
    private const int Rounds = 5;

    /// <summary>pROC and scikit-learn are measured with fewer resamples: their time is proportional to them.</summary>
    private const int PeerResamples = 100;

    public string Name => "bootstrap";

    public string Title => "The paired bootstrap of AUC";

    public Task<string> RunAsync(TextWriter progress)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        var file = Path.Combine(folder, "scores.csv");
        var data = new ScoredData(Rows, 1);
        File.WriteAllLines(file, data.Labels.Select((label, row) => FormattableString.Invariant($"{label},{data.Challenger[row]:R},{data.Baseline[row]:R}")).Prepend("y,a,b"));
        var auc = MetricCatalogue.Find(ModelTask.BinaryClassification, "auc")!;
        var ours = Enumerable.Range(0, Rounds).Select(_ => Time(() => Bootstrap.Run(data.Rows, [auc], Resamples, 42))).ToArray();
        progress.WriteLine(FormattableString.Invariant($"ours {Median(ours):0.000} s"));
        var page = new StringBuilder(FormattableString.Invariant($"""
            Two models on the same {Rows:N0} rows, {Resamples:N0} resamples, stratified by class; medians of {Rounds} rounds. pROC is
            `roc.test(..., method = "bootstrap", paired = TRUE)`; scikit-learn is `roc_auc_score` on indices that numpy draws, both models on the same
            ones. The peers' times are those of {PeerResamples} resamples times {Resamples / PeerResamples}, the start of R and Python not counted. Promised: at most
            1.5 s, and a twentieth of pROC's time.


            """)).AppendLine("| | s | times ours |").AppendLine("|:--|--:|--:|")
            .AppendLine(CultureInfo.InvariantCulture, $"| mlops, {Environment.ProcessorCount} threads | {Median(ours):0.00} | 1 |");
        foreach (var (name, program, words) in Peers(file))
        {
            var seconds = Run(program, words);
            progress.WriteLine(FormattableString.Invariant($"{name} {seconds} s"));
            page.AppendLine(seconds is { } s
                ? string.Create(CultureInfo.InvariantCulture, $"| {name} | {s:0.0} | {s / Median(ours):0} |")
                : $"| {name} | not installed | |");
        }

        Directory.Delete(folder, recursive: true);
        return Task.FromResult(page.ToString());
    }

    private static IEnumerable<(string Name, string Program, string[] Words)> Peers(string file)
    {
        var factor = Resamples / PeerResamples;
        yield return ("pROC", "Rscript", ["-e", FormattableString.Invariant(
            $"suppressMessages(library(pROC)); d <- read.csv('{file}'); a <- roc(d$y, d$a, quiet=TRUE); b <- roc(d$y, d$b, quiet=TRUE); t <- system.time(roc.test(a, b, method='bootstrap', paired=TRUE, boot.n={PeerResamples}, progress='none')); cat(t[['elapsed']] * {factor})")]);
        yield return ("scikit-learn", "/usr/bin/python3", ["-c", FormattableString.Invariant(
            $"import numpy as np, time; from sklearn.metrics import roc_auc_score as f; d = np.loadtxt('{file}', delimiter=',', skiprows=1); y, a, b = d.T; r = np.random.default_rng(1); p, n = np.flatnonzero(y == 1), np.flatnonzero(y == 0); t = time.perf_counter()\nfor _ in range({PeerResamples}):\n    i = np.r_[r.choice(p, len(p)), r.choice(n, len(n))]\n    f(y[i], a[i]) - f(y[i], b[i])\nprint((time.perf_counter() - t) * {factor})")]);
    }

    private static double? Run(string program, string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
