using MlOps.Build.Contracts;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The code that lies in the project's folder, as far as git knows it.</summary>
internal static class WorkTree
{
    public static async Task<(GitRepository? Git, GitState State)> FindAsync(
        PipelineServices services, string projectRoot, CancellationToken cancellationToken)
    {
        var git = await GitRepository.FindAsync(projectRoot, services.Processes, services.Environment, cancellationToken);
        return git is null
            ? (null, new GitState { Commit = null, Branch = null, Dirty = false })
            : (git, await git.StateAsync(cancellationToken));
    }
}
