using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Reporting;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>What pull request and release have in common: the data before, and score, evaluate, gate and report after.</summary>
internal sealed class PipelineEnding(PipelineServices services, PipelineRequest request)
{
    private IReadOnlyList<DataFinding> findings = [];

    /// <summary>Takes the snapshot and checks the data contract.</summary>
    /// <exception cref="ProblemException">MLO2411: the data breaks its contract.</exception>
    public Snapshot Snapshot(ProjectConfiguration configuration, CancellationToken cancellationToken)
    {
        services.Log.Step("Reading and checking the data");
        (var snapshot, findings) = PipelineData.Snapshot(services, request, configuration, cancellationToken);
        services.Log.Step(string.Create(CultureInfo.InvariantCulture, $"Data {Digest.Short(snapshot.Digest)}: {snapshot.Rows:N0} rows, {snapshot.Columns.Length} columns"));
        return snapshot;
    }

    /// <summary>Scores both sides on the same holdout, judges, reports and ends the run.</summary>
    public async Task<Answer<RunResult>> JudgeAsync(
        RunHandle run, Comparison comparison, SideWork work, Stopwatches watch, CancellationToken cancellationToken)
    {
        // Written only now, when no trainer runs any more: the holdout never reaches one.
        var holdout = watch.Measure("data", () => comparison.Challenger.Split.WriteHoldout(Path.Combine(run.Folder, "data", "head"), cancellationToken));
        var validation = ThresholdRows.AreAskedFor(comparison)
            ? watch.Measure("data", () => comparison.Challenger.Split.WriteValidation(Path.Combine(run.Folder, "data", "head"), cancellationToken))
            : null;
        var challenger = await ScoreAsync(comparison.Challenger, "challenger", holdout, validation);
        var baselineRows = holdout;
        var baseline = comparison.Baseline is not { } side ? null
            : comparison.NoChange ? Renamed(challenger, side)
            : await ScoreAsync(side, "baseline", baselineRows = HoldoutOf(side), ValidationOf(side));
        var costs = ScoringCosts.AreAskedFor(comparison)
            ? await watch.MeasureAsync("time", () => new ScoringCosts(work, cancellationToken).MeasureAsync(comparison, holdout, baselineRows))
            : [];
        services.Log.Step("Judging");
        var (evaluation, verdict) = watch.Measure("judge", () => PipelineVerdict.Of(comparison, run.Record, holdout, validation, challenger, baseline, services, findings, request.Bootstrap, costs));
        return watch.Measure("report", () => End(run, comparison, evaluation, verdict, watch));

        PreparedHoldout HoldoutOf(ComparedSide side)
            => ReferenceEquals(side.Split, comparison.Challenger.Split)
                ? holdout
                : side.Split.WriteHoldout(Path.Combine(run.Folder, "data", "base"), cancellationToken);

        PreparedHoldout? ValidationOf(ComparedSide side)
            => validation is null || ReferenceEquals(side.Split, comparison.Challenger.Split)
                ? validation
                : side.Split.WriteValidation(Path.Combine(run.Folder, "data", "base"), cancellationToken);

        async Task<ScoredSide> ScoreAsync(ComparedSide side, string name, PreparedHoldout rows, PreparedHoldout? chosenOn)
        {
            var scored = new List<ScoredModel>();
            for (var i = 0; i < side.Models.Count; i++)
            {
                var model = side.Models[i];
                var toScore = new ModelToScore(name, model.Folder, model.Digest, side.Scorer, i);
                var result = await watch.MeasureAsync(
                    "score", () => work.ScoreAsync(toScore, side.Configuration, rows, side.Split.Roles, cancellationToken));
                var onValidation = chosenOn is null ? null : await watch.MeasureAsync(
                    "score", () => work.ScoreAsync(toScore with { Name = ThresholdRows.Name(name) }, side.Configuration, chosenOn, side.Split.Roles, cancellationToken));
                scored.Add(new(model, result) { Validation = onValidation });
            }

            return new(side.Name, side.ScorerDigest, scored);
        }
    }

    /// <summary>Without a change there is one model under two names: it is scored once.</summary>
    private static ScoredSide Renamed(ScoredSide challenger, ComparedSide baseline)
        => new(baseline.Name, baseline.ScorerDigest, [.. challenger.Models.Zip(baseline.Models, (scored, model) => scored with { Model = model })]);

    private Answer<RunResult> End(RunHandle run, Comparison comparison, Evaluation evaluation, Verdict verdict, Stopwatches watch)
    {
        var verdictDigest = Digest.OfDocument(verdict);
        var steps = NextSteps.Of(verdict, run.Record);
        AtomicFile.Write(Path.Combine(run.Folder, "evaluation.json"), evaluation);
        AtomicFile.Write(Path.Combine(run.Folder, "verdict.json"), verdict);
        run.Update(run.Record with { Verdict = verdict.Kind, Timings = watch.Timings });
        ReportFiles.Write(run.Folder, new ReportInput
        {
            Run = run.Record,
            Evaluation = evaluation,
            Verdict = verdict,
            VerdictDigest = verdictDigest,
            NextSteps = steps,
        });
        PipelineData.RemoveTrainingRows(run.Folder);
        var record = run.End(RunStatus.Finished);
        var exit = Verdicts.Exit(verdict.Kind, verdict.Mode, comparison.Binding.Gate.OnInconclusive);
        var result = new RunResult
        {
            Run = record,
            Verdict = verdict,
            VerdictDigest = verdictDigest,
            Metrics = evaluation.Metrics,
            Challenger = evaluation.Challenger.Name,
            Baseline = evaluation.Baseline?.Name,
            ReportPath = Path.GetRelativePath(request.ProjectRoot, Path.Combine(run.Folder, "report.html")).Replace('\\', '/'),
            NextSteps = [.. steps],
            ExitCode = (int)exit,
        };
        return new(result, exit);
    }
}
