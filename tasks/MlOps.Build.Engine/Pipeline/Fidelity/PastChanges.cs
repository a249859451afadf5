using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>A change by the commits it lies between.</summary>
internal sealed record PastChange(string Base, string Head);

/// <summary>Finds the changes whose comparison can be repeated: two commits that git still has.</summary>
internal static class PastChanges
{
    /// <summary>Those that were named, or those of the last releases whose champion was trained here.</summary>
    /// <exception cref="ProblemException">MLO2342: there is none; MLO2343: a name is no change.</exception>
    public static async Task<IReadOnlyList<PastChange>> FindAsync(
        RunStore runs, GitRepository git, FidelityRequest request, CancellationToken cancellationToken)
    {
        if (request.Changes.Count > 0)
        {
            var named = new List<PastChange>();
            foreach (var text in request.Changes)
            {
                named.Add(await NamedAsync(git, text, cancellationToken));
            }

            return named;
        }

        var found = new List<PastChange>();
        foreach (var run in runs.NewestFirst().Where(IsRelease))
        {
            if (found.Count == request.Last)
            {
                break;
            }

            if (OfRelease(runs, run) is { } change && !found.Contains(change)
                && await git.CommitAsync(change.Base, cancellationToken) is not null
                && await git.CommitAsync(change.Head, cancellationToken) is not null)
            {
                found.Add(change);
            }
        }

        return found.Count > 0 ? found : throw None();
    }

    private static bool IsRelease(StoredRun run)
        => run.Record is { Kind: RunKind.Pipeline, Mode: RunMode.Full, Status: RunStatus.Finished, Git: { Commit: not null, Dirty: false } }
            && File.Exists(Path.Combine(run.Folder, EvaluatedRun.EvaluationFile));

    private static PastChange? OfRelease(RunStore runs, StoredRun run)
    {
        var champion = Documents.Read<Evaluation>(Path.Combine(run.Folder, EvaluatedRun.EvaluationFile)).Baseline?.Replicates[0].RunId;
        var trained = champion is null ? null : Path.Combine(runs.FolderOf(champion), RunHandle.RecordFile);
        return trained is not null && RunId.IsRunId(champion!) && File.Exists(trained)
            && Documents.Read<RunRecord>(trained).Git is { Commit: { } commit, Dirty: false } && commit != run.Record.Git.Commit
            ? new(commit, run.Record.Git.Commit!)
            : null;
    }

    private static async Task<PastChange> NamedAsync(GitRepository git, string text, CancellationToken cancellationToken)
        => text.Split("..") is [{ Length: > 0 } from, { Length: > 0 } to]
            && await git.CommitAsync(from, cancellationToken) is { } before
            && await git.CommitAsync(to, cancellationToken) is { } after
            ? new(before, after)
            : throw new ProblemException(new Problem(
                "MLO2343",
                $"'{text}' is no change.",
                "Git knows no two commits by these names.",
                "Write `base..head` with two commits, branches or tags, such as `--change main~1..main`."));

    private static ProblemException None() => new(new Problem(
        "MLO2342",
        "There is no earlier comparison on all rows to repeat.",
        "No release of this project was judged against a champion that was trained here, both from clean commits that git still has.",
        "Name changes: `mlops gate fidelity --change main~1..main`.")
    { Exit = ExitCode.Unavailable });
}
