using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Storage.Git;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Answers <c>mlops gate fidelity</c>: judges earlier changes on all rows and on samples, by the policy and data of today.</summary>
public sealed class FidelityHandler(PipelineServices services)
{
    private const double Wanted = 0.95;

    /// <summary>Trains every change once on all rows and several times on samples of each size.</summary>
    /// <exception cref="ProblemException">MLO2342, MLO2343; whatever a training does wrong.</exception>
    public async Task<Answer<FidelityAnswer>> HandleAsync(FidelityRequest request, CancellationToken cancellationToken)
    {
        var binding = ConfigurationReader.Read(request.ProjectRoot);
        var git = await GitRepository.FindAsync(request.ProjectRoot, services.Processes, services.Environment, cancellationToken)
            ?? throw new ProblemException(new Problem(
                "MLO2342",
                "There is no earlier comparison on all rows to repeat.",
                "This folder is not in a git repository, or git is not installed.",
                "Run it in the repository of the project.")
            { Exit = ExitCode.Unavailable });
        var changes = await PastChanges.FindAsync(services.Runs, git, request, cancellationToken);
        var whole = new PipelineRequest { ProjectRoot = request.ProjectRoot, Mode = RunMode.Full, UseCache = request.UseCache };
        var snapshot = new PipelineEnding(services, whole).Snapshot(binding, cancellationToken);
        var rows = new DataPreparation(request.ProjectRoot, services.DataSettings, services.Log)
            .Plan(DataPlan.Of(binding, RunMode.Full, snapshot.Digest), cancellationToken).Record.Train.Rows;
        var tallies = request.Shares.Order().Distinct().Select(share => new SampleTally(share, rows)).ToList();
        var replayed = new List<ReplayedChange>();
        foreach (var change in changes)
        {
            replayed.Add(await ReplayAsync(change, tallies));
        }

        return new(Answer(request, binding, snapshot.Digest, rows, replayed, tallies), ExitCode.Ok);

        async Task<ReplayedChange> ReplayAsync(PastChange change, IReadOnlyList<SampleTally> samples)
        {
            var worktrees = new GitWorktrees(git, services.State, services.Time);
            await using var before = await worktrees.AddAsync(change.Base, cancellationToken);
            await using var after = await worktrees.AddAsync(change.Head, cancellationToken);
            var (baseline, challenger) = (Side("baseline", change.Base, before), Side("challenger", change.Head, after));
            services.Log.Step($"{change.Base[..7]}..{change.Head[..7]}: all rows");
            var truth = await JudgeAsync(whole, binding);
            if (truth is not null)
            {
                foreach (var sample in samples)
                {
                    for (var repetition = 0; repetition < request.Repetitions; repetition++)
                    {
                        var drawn = binding with
                        {
                            Sample = binding.Sample with { Rows = sample.Rows },
                            Train = binding.Train with { Seed = binding.Train.Seed + (repetition * binding.Sample.Seeds) },
                        };
                        services.Log.Step(string.Create(CultureInfo.InvariantCulture, $"{change.Base[..7]}..{change.Head[..7]}: {sample.Rows:N0} rows, {repetition + 1} of {request.Repetitions}"));
                        var start = services.Time.GetTimestamp();
                        var verdict = await JudgeAsync(whole with { Mode = RunMode.Pr }, drawn);
                        sample.Add(truth.Kind, verdict?.Kind ?? VerdictKind.Pass, services.Time.GetElapsedTime(start).TotalSeconds);
                    }
                }
            }

            return new()
            {
                Base = change.Base,
                Head = change.Head,
                Verdict = truth?.Kind,
                Sentence = truth?.Sentence ?? "Both commits say the same of every row.",
            };

            async Task<Verdict?> JudgeAsync(PipelineRequest how, ProjectConfiguration settings)
            {
                using var scratch = new ScratchFolder(services);
                return await new Replay(services, how, settings, snapshot.Digest, scratch.Path).JudgeAsync(baseline, challenger, cancellationToken);
            }
        }
    }

    private static TrainingSide Side(string name, string commit, GitWorktree worktree) => new()
    {
        Name = name,
        Root = worktree.ProjectRoot,
        Configuration = ConfigurationReader.Read(worktree.ProjectRoot),
        Git = new() { Commit = commit, Branch = null, Dirty = false },
    };

    private static FidelityAnswer Answer(
        FidelityRequest request, ProjectConfiguration binding, string snapshot, long rows, List<ReplayedChange> replayed, List<SampleTally> tallies)
    {
        var samples = tallies.Select(tally => tally.ToDocument()).ToArray();
        var enough = samples.FirstOrDefault(sample => sample.Verdicts > 0 && sample.Rate >= Wanted);
        return new()
        {
            Model = binding.Model,
            Sentence = Sentence(samples, enough, replayed),
            PolicyDigest = PolicyDigest.Of(binding.Gate),
            SnapshotDigest = snapshot,
            TrainingRows = rows,
            Seeds = binding.Sample.Seeds,
            Repetitions = request.Repetitions,
            Wanted = Wanted,
            Share = enough?.Share,
            Changes = [.. replayed],
            Samples = samples,
        };
    }

    private static string Sentence(SampleFidelity[] samples, SampleFidelity? enough, List<ReplayedChange> replayed)
    {
        if (samples.All(sample => sample.Verdicts == 0))
        {
            return "No change could be judged: both sides of each say the same of every row.";
        }

        var judged = replayed.Count(change => change.Verdict is not null);
        var of = string.Create(CultureInfo.InvariantCulture, $"of {judged} change{(judged == 1 ? string.Empty : "s")}");
        if (enough is null)
        {
            var best = samples.MaxBy(sample => sample.Rate)!;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"No sample reaches {Wanted * 100:0} %: {best.Rows:N0} rows ({best.Share * 100:0.##} %) gave the verdict of all rows in {best.Agreed} of {best.Verdicts} cases {of}.");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{enough.Rows:N0} rows ({enough.Share * 100:0.##} %) gave the verdict of all rows in {enough.Agreed} of {enough.Verdicts} cases {of} (95 % interval {enough.Lower * 100:0.#} to {enough.Upper * 100:0.#} %).");
    }
}
