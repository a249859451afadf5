using MlOps.Build.Contracts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>What can stand between a registry and its branch.</summary>
internal static class BranchProblems
{
    public static ProblemException NoRepository(string folder) => new(new Problem(
        "MLO2520",
        "The registry lies on a git branch, but there is no repository.",
        $"'{folder}' is in no git work tree, or there is no program `git` on the PATH.",
        "Clone the repository (or `git init`), install git, or use `registry: { store: folder }`."));

    public static ProblemException NoRemote(string remote, IReadOnlyList<string> known) => new(new Problem(
        "MLO2520",
        $"The registry lies on a branch of the remote '{remote}', which this repository does not have.",
        known.Count == 0 ? "`git remote` names none." : $"`git remote` names {string.Join(", ", known)}.",
        "Name the remote in mlops.yml with `registry.remote`, or add it: `git remote add origin <url>`."));

    public static ProblemException Rewritten(BranchSettings branch, string reference) => new(new Problem(
        "MLO2521",
        $"The registry branch '{branch.Branch}' was rewritten or deleted.",
        "It does not go on from the commit that was fetched here before, so events may have been removed.",
        $"Restore the branch: `git push {branch.Remote} {reference}:refs/heads/{branch.Branch}`. If the change was meant, accept it "
            + $"with `git update-ref -d {reference}`.")
    {
        Exit = ExitCode.Refused,
    });

    public static ProblemException Refused(BranchSettings branch, ProcessResult result) => new(new Problem(
        "MLO2522",
        $"The remote refuses the push to the registry branch '{branch.Branch}'.",
        OutputNeutraliser.Quote(result.LastLines, limit: 6),
        Setting(branch, string.Join('\n', result.LastLines)))
    {
        Exit = ExitCode.Refused,
    });

    public static ProblemException Forbidden(BranchSettings branch, ProcessResult result) => new(new Problem(
        "MLO2523",
        $"The remote '{branch.Remote}' does not let this identity use the registry branch '{branch.Branch}'.",
        OutputNeutraliser.Quote(result.LastLines, limit: 5),
        "GitHub Actions: `permissions: { contents: write }` for the job, and a checkout that keeps its credentials "
            + "(`persist-credentials: true`). Azure Pipelines: `persistCredentials: true` at `checkout: self`, and the permission "
            + "\"Contribute\" for the build service. By hand: `git push --dry-run` must work."));

    public static ProblemException Unreachable(BranchSettings branch, ProcessResult result) => new(new Problem(
        "MLO2524",
        $"The remote '{branch.Remote}' of the registry branch '{branch.Branch}' was not reached.",
        result.End == ProcessEnd.TimedOut ? "It did not answer in time."
            : result.LastLines.Count == 0 ? FormattableString.Invariant($"git ended with exit code {result.ExitCode}.")
            : OutputNeutraliser.Quote(result.LastLines, limit: 5),
        $"Run the command again; `git ls-remote {branch.Remote}` shows whether the remote answers.")
    {
        Exit = ExitCode.Unavailable,
    });

    public static ProblemException TooLarge(string digest) => new(new Problem(
        "MLO2525",
        $"A file of the package is too large for a registry on a git branch: {digest}.",
        "Such a registry takes files of up to 50 MB, larger ones where they have no more than that when compressed: git hosts warn of more, and every clone carries them for ever.",
        "Use another store: `registry: { store: folder, path: <a share that all jobs reach> }`, or train a smaller model."));

    public static ProblemException AlwaysSecond(BranchSettings branch, int attempts) => new(new Problem(
        "MLO2526",
        $"Somebody else pushed to the registry branch '{branch.Branch}' first, each time.",
        FormattableString.Invariant($"{attempts} attempts were overtaken."),
        "Run the command again when the other jobs have ended; a concurrency group lets jobs queue.")
    {
        Exit = ExitCode.Unavailable,
    });

    public static ProblemException NoRegistry(BranchSettings branch, string why) => new(new Problem(
        "MLO2528",
        $"The branch '{branch.Branch}' cannot be the registry.",
        why,
        "Name a branch that is used for nothing else in mlops.yml, such as `registry: { store: git, branch: mlops-registry }`."));

    private static string Setting(BranchSettings branch, string said)
    {
        var gitHub = "GitHub: Settings > Rules > Rulesets (or Branches > Branch protection rules): add the app that runs the job (GitHub "
            + $"Actions) to the bypass list, or exclude '{branch.Branch}' from the rule's target branches.";
        var azure = $"Azure DevOps: Project settings > Repositories > the repository > Security > '{branch.Branch}': allow \"Contribute\" (and "
            + "\"Create branch\") for the build service, \"<project> Build Service (<organization>)\", and remove branch policies from it.";
        return said.Contains("TF40", StringComparison.Ordinal) ? azure
            : said.Contains("GH0", StringComparison.Ordinal) ? gitHub
            : $"{gitHub} {azure} Elsewhere: let this identity push to that branch.";
    }
}

/// <summary>Which branch of which remote.</summary>
/// <param name="Branch">Its name, without <c>refs/heads/</c>.</param>
/// <param name="Remote">The remote; null: the branch of this clone.</param>
internal sealed record BranchSettings(string Branch, string? Remote);
