using MlOps.Build.Contracts;

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
}
