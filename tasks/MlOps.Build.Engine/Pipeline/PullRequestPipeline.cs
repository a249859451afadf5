using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>
/// Trains head and merge base on the same samples with the same seeds, scores both on the same whole holdout and judges
/// the difference. The sample shrinks the training only: a smaller holdout would ruin the signal.
/// </summary>
internal sealed class PullRequestPipeline(PipelineServices services, PipelineRequest request, PipelineEnding ending)
{
    public async Task<Answer<RunResult>> RunAsync(
        RunHandle run, ProjectConfiguration head, GitRepository? git, GitState state, MergeBase mergeBase, CancellationToken cancellationToken)
    {
        var watch = new Stopwatches(services.Time);
        var binding = mergeBase.Configuration is { } known ? BindingPolicy.Of(head, known) : head;
        var snapshot = watch.Measure("data", () => ending.Snapshot(binding, cancellationToken));
        run.Update(run.Record with { SnapshotDigest = snapshot.Digest });
        var work = new SideWork(services, request, run.Folder, snapshot.Digest);
        var files = watch.Measure("data", () => work.Prepare(binding, "head", binding.Train.Seed, cancellationToken));
        ThresholdRows.Check(binding, files.Split);
        run.Update(run.Record with { Split = files.Split.Record, Sample = files.Sample(0) });

        var challenger = new TrainingSide { Name = "challenger", Root = request.ProjectRoot, Configuration = head, Git = state };
        await using var worktree = mergeBase is { Configuration: not null, IsHead: false } && git is not null
            ? await new GitWorktrees(git, services.State, services.Time).AddAsync(mergeBase.Base!.Commit, cancellationToken)
            : null;
        var baseline = mergeBase switch
        {
            { Configuration: null } => null,
            { IsHead: true } => challenger,
            _ => new TrainingSide
            {
                Name = "baseline",
                Root = worktree!.ProjectRoot,
                Configuration = mergeBase.Configuration,
                Git = new GitState { Commit = mergeBase.Base!.Commit, Branch = mergeBase.Base.Reference, Dirty = false },
            },
        };
        var baselineFiles = baseline is null || SameColumns(head, baseline.Configuration)
            ? files
            : watch.Measure("data", () => work.Prepare(
                binding with { Data = binding.Data with { Ignore = baseline.Configuration.Data.Ignore } }, "base", binding.Train.Seed, cancellationToken));

        var challengers = new List<TrainedRun>();
        var baselines = new List<TrainedRun>();
        for (var replicate = 0; replicate < files.Count; replicate++)
        {
            var index = replicate;
            challengers.Add(await watch.MeasureAsync("train", () => work.TrainAsync(challenger, files, index, binding.Train.Seed, cancellationToken)));
            if (baseline is not null)
            {
                baselines.Add(ReferenceEquals(baseline, challenger)
                    ? challengers[^1]
                    : await watch.MeasureAsync("train", () => work.TrainAsync(baseline, baselineFiles, index, binding.Train.Seed, cancellationToken)));
            }
        }

        run.Update(run.Record with
        {
            Challengers = [.. challengers.Select(trained => trained.RunId)],
            Baselines = [.. baselines.Select(trained => trained.RunId)],
        });
        var challengerScorer = await services.Scoring.ProgramAsync(challenger, cancellationToken);
        var baselineScorer = baseline is null ? null : await services.Scoring.ProgramAsync(baseline, cancellationToken);
        var comparison = new Comparison
        {
            Head = head,
            Binding = binding,
            PolicyDifferences = mergeBase.Configuration is { } judge ? BindingPolicy.Differences(head, judge) : [],
            Challenger = Side($"head{At(state)}", challenger, challengers, challengerScorer, files),
            Baseline = baseline is null
                ? null
                : Side($"{Branch(mergeBase.Base!)}@{mergeBase.Base!.Commit[..7]}", baseline, baselines, baselineScorer!, baselineFiles),
            NoChange = baseline is not null
                && IsSame(challengerScorer, baselineScorer!)
                && challengers.Zip(baselines).All(pair =>
                    pair.First.TrainerDigest == pair.Second.TrainerDigest && pair.First.ModelDigest == pair.Second.ModelDigest),
        };
        return await ending.JudgeAsync(run, comparison, work, watch, cancellationToken);
    }

    /// <summary>The same sources started the same way, or other sources that make the same program.</summary>
    private static bool IsSame(BuiltProgram challenger, BuiltProgram baseline)
        => challenger.Identity == baseline.Identity
            || (challenger.SourceDigest == baseline.SourceDigest
                && challenger.Command.SequenceEqual(baseline.Command, StringComparer.Ordinal));

    private static ComparedSide Side(
        string name, TrainingSide side, IEnumerable<TrainedRun> runs, BuiltProgram scorer, SideFiles files) => new()
        {
            Name = name,
            Models = [.. runs.Select(ComparedModel.Of)],
            Scorer = scorer,
            ScorerDigest = scorer.Identity,
            Configuration = side.Configuration,
            Split = files.Split,
        };

    private static bool SameColumns(ProjectConfiguration head, ProjectConfiguration mergeBase)
        => head.Data.Ignore.ToHashSet(StringComparer.Ordinal).SetEquals(mergeBase.Data.Ignore);

    private static string At(GitState state)
        => state.Commit is { } commit ? $"@{commit[..7]}{(state.Dirty ? "+changes" : string.Empty)}" : string.Empty;

    private static string Branch(GitBase found)
        => found.Reference.StartsWith("origin/", StringComparison.Ordinal) ? found.Reference["origin/".Length..] : found.Reference;
}
