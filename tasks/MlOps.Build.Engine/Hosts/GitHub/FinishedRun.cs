namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>A run of a pull request that a <c>workflow_run</c> event is about, as GitHub itself describes it.</summary>
/// <param name="HeadSha">The head of the pull request when the run began.</param>
/// <param name="HeadRepository">Where that head lies: <c>owner/name</c>.</param>
/// <param name="Page">The run's page.</param>
internal sealed record FinishedRun(string HeadSha, string HeadRepository, string Page);
