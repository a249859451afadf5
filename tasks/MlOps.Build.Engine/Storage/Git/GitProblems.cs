using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>What can be wrong with the history a comparison needs.</summary>
internal static class GitProblems
{
    public static ProblemException Shallow(string reference) => new(new Problem(
        "MLO2403",
        $"The commit to compare with could not be found: the merge base with '{reference}'.",
        "This is a shallow clone, which has only the newest commits.",
        "Fetch the whole history: `fetch-depth: 0` for actions/checkout, `fetchDepth: 0` in Azure Pipelines, "
            + "`git fetch --unshallow` by hand.")
    {
        Exit = ExitCode.Unavailable,
    });

    public static ProblemException NoBase(string reference, string why) => new(new Problem(
        "MLO2404",
        $"The change cannot be compared with '{reference}'.",
        why,
        "Name another branch, tag or commit with `--base`, or fetch it: `git fetch origin`."));

    /// <summary>Who wrote a commit decides who may approve it: a commit that cannot be read is not passed over.</summary>
    public static ProblemException NotHere(string commit, bool isShallow) => new(new Problem(
        "MLO2970",
        isShallow
            ? $"Who wrote what the run of commit {commit} brings cannot be told in this clone."
            : $"The commit {commit} that the run was made of is not in this clone.",
        isShallow
            ? "It is shallow: it has only the newest commits, and whoever wrote the others could approve their own change."
            : "It was made elsewhere and never fetched, or rewritten since, so nobody can tell who wrote it.",
        isShallow
            ? "Fetch the whole history: `fetch-depth: 0` for actions/checkout, `fetchDepth: 0` in Azure Pipelines, `git fetch --unshallow` by hand."
            : $"Fetch it, `git fetch origin {commit}`, or run the pipeline again on a commit that is here.")
    {
        Exit = ExitCode.Unavailable,
    });

    /// <summary>A repository that cannot be asked is not the same as none: without it no base binds a change.</summary>
    public static ProblemException Unusable(string folder, ProcessResult result) => new(new Problem(
        "MLO2415",
        $"Git refuses to work in '{folder}'.",
        result.LastLines.Count == 0
            ? FormattableString.Invariant($"`git rev-parse` ended with exit code {result.ExitCode}.")
            : OutputNeutraliser.Quote(result.LastLines, limit: 5),
        result.LastLines.Any(line => line.Contains("dubious ownership", StringComparison.Ordinal))
            ? "Name the repository as yours: `git config --global --add safe.directory <the folder git names>`."
            : "Run `git status` in that folder and mend what it says, or clone the repository again.")
    {
        Exit = ExitCode.Unavailable,
    });
}
