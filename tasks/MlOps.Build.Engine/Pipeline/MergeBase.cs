using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The commit a pull request is compared with, as far as it can be.</summary>
/// <param name="Base">Null where there is nothing to compare with.</param>
/// <param name="Configuration">Its mlops.yml; null where it has none that can be read.</param>
/// <param name="IsHead">Whether the work tree is the base itself, without a change.</param>
public sealed record MergeBase(GitBase? Base, ProjectConfiguration? Configuration, bool IsHead)
{
    /// <summary>Finds it.</summary>
    public static async Task<MergeBase> FindAsync(
        GitRepository? git, GitState state, string? named, IEnvironment environment, IProgressLog log, CancellationToken cancellationToken)
    {
        if (git is null)
        {
            if (named is not null)
            {
                throw GitProblems.NoBase(named, "This folder is not in a git repository.");
            }

            log.Warn("This folder is not in a git repository, so there is nothing to compare the model with.");
            return new(null, null, IsHead: false);
        }

        if (await git.BaseAsync(BaseRequest.From(named, environment), cancellationToken) is not { } found)
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

        var result = ConfigurationReader.Parse(yaml, $"{found.Commit[..7]}:{ConfigurationReader.FileName}");
        if (result.Problems.Count == 0)
        {
            return new(found, result.Configuration, isHead);
        }

        log.Warn($"The {ConfigurationReader.FileName} of '{found.Reference}' cannot be read ({result.Problems[0].What}): the model is judged without a baseline.");
        return new(found, null, isHead);
    }
}
