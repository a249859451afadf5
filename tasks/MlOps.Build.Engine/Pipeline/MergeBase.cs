using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The commit a pull request is compared with, as far as it can be.</summary>
/// <param name="Base">Null where there is nothing to compare with.</param>
/// <param name="Configuration">Its mlops.yml; null where it has none.</param>
/// <param name="IsHead">Whether the work tree is the base itself, without a change.</param>
public sealed record MergeBase(GitBase? Base, ProjectConfiguration? Configuration, bool IsHead)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="ProblemException">MLO2403, MLO2404; MLO2414: its mlops.yml cannot be read.</exception>
    public static async Task<MergeBase> FindAsync(
        GitRepository? git, GitState state, string? named, IEnvironment environment, IProgressLog log, CancellationToken cancellationToken)
    {
        var request = BaseRequest.From(named, environment);
        if (git is null)
        {
            // Where a host or a person names a base, its policy binds: without it nothing is judged.
            if (request.IsNamed)
            {
                throw GitProblems.NoBase(request.References[0], "This folder is not in a git repository, or git is not installed.");
            }

            log.Warn("This folder is not in a git repository, so there is nothing to compare the model with.");
            return new(null, null, IsHead: false);
        }

        if (await git.BaseAsync(request, cancellationToken) is not { } found)
        {
            log.Warn("There is no branch to compare with; name one with `--base`.");
            return new(null, null, IsHead: false);
        }

        var isHead = found.Commit == state.Commit && !state.Dirty;
        if (await git.FileAtAsync(found.Commit, ConfigurationReader.FileName, cancellationToken) is not { } yaml)
        {
            log.Warn($"'{found.Reference}' has no {ConfigurationReader.FileName} at {found.Commit[..7]}: this is the first model.");
            return new(found, null, isHead);
        }

        var result = await CommitPolicies.ReadAsync(git, found.Commit, yaml, cancellationToken);
        if (result.Problems.Count == 0)
        {
            return new(found, result.Configuration, isHead);
        }

        throw new ProblemException(new(
            "MLO2414",
            $"The {ConfigurationReader.FileName} of '{found.Reference}' cannot be read, so nothing was judged.",
            $"{result.Problems[0].What} {result.Problems[0].Why}",
            "Mend it on the target branch first, or name another commit with `--base`.")
        { Place = result.Problems[0].Place });
    }
}
