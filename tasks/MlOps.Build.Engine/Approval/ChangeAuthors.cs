using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Storage.Git;

namespace MlOps.Build.Engine.Approval;

/// <summary>Who made what is released: whoever wrote or committed one of its commits, and whoever started the run, by every name that is known.</summary>
public sealed class ChangeAuthors(string projectRoot, IProcessRunner processes, IEnvironment environment)
{
    /// <summary>Where a build server says who started a run.</summary>
    private static readonly string[] Starters =
    [
        "GITHUB_ACTOR", "GITHUB_TRIGGERING_ACTOR", "BUILD_REQUESTEDFOR", "BUILD_REQUESTEDFOREMAIL", "BUILD_REQUESTEDFORID",
    ];

    /// <summary>The names, without repetitions.</summary>
    /// <param name="commit">What is released; null where there is no repository.</param>
    /// <param name="champion">The commit of the model that answers now: what came after it is the change. Null while there is none.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public async Task<IReadOnlyList<string>> OfAsync(string? commit, string? champion, CancellationToken cancellationToken)
    {
        var people = commit is not null && await GitRepository.FindAsync(projectRoot, processes, environment, cancellationToken) is { } git
            ? await git.PeopleAsync(champion, commit, cancellationToken)
            : [];
        return [.. OfRun(environment).Concat(people).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Who started this run, by every name the host has for them.</summary>
    public static IEnumerable<string> OfRun(IEnvironment environment)
        => Starters.Select(environment.Get).OfType<string>().Where(name => name.Length > 0);
}
