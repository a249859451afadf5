namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>A run of a pull request that a <c>workflow_run</c> event is about, as GitHub itself describes it.</summary>
/// <param name="HeadSha">The head of the pull request when the run began.</param>
/// <param name="HeadRepository">Where that head lies: <c>owner/name</c>.</param>
/// <param name="Page">The run's page.</param>
internal sealed record FinishedRun(string HeadSha, string HeadRepository, string Page)
{
    /// <summary>Its workflow, whose earlier runs and comments are ours; null where the event does not say.</summary>
    public long? Workflow { get; init; }

    /// <summary>Which run of its workflow it is, from 1.</summary>
    public long? Number { get; init; }

    /// <summary>When this attempt of it began, UTC.</summary>
    public DateTimeOffset? Began { get; init; }
}
