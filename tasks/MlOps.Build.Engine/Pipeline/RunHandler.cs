using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Answers <c>mlops run</c>.</summary>
public sealed class RunHandler(PipelineServices services)
{
    /// <summary>Runs the whole pipeline of a mode.</summary>
    /// <exception cref="ProblemException">Whatever a step refuses; the run is kept as failed.</exception>
    public async Task<Answer<RunResult>> RunAsync(PipelineRequest request, CancellationToken cancellationToken)
    {
        var configuration = ConfigurationReader.Read(request.ProjectRoot);
        if (request.Mode == RunMode.Full)
        {
            HostedFolder.Refuse(request.ProjectRoot, configuration.Registry, services.Environment);
        }

        var (git, state) = await WorkTree.FindAsync(services, request.ProjectRoot, cancellationToken);
        var mergeBase = request.Mode == RunMode.Pr
            ? await MergeBase.FindAsync(git, state, request.Base, services.Environment, services.Log, cancellationToken)
            : null;
        var ending = new PipelineEnding(services, request);
        var seed = (mergeBase?.Configuration ?? configuration).Train.Seed;
        await new DeadRuns(services.State, services.Log, services.Time).SweepAsync();
        using var run = services.Runs.Create((id, at) => PipelineRecords.New(configuration, seed, request, state, services.Environment, id, at));
        try
        {
            return await run.DoAsync(() => mergeBase is null
                ? new ReleasePipeline(services, request, ending).RunAsync(run, configuration, state, cancellationToken)
                : new PullRequestPipeline(services, request, ending).RunAsync(run, configuration, git, state, mergeBase, cancellationToken));
        }
        finally
        {
            if (run.Record.Status != RunStatus.Finished)
            {
                PipelineData.RemoveRows(run.Folder, services.Log);
            }
        }
    }
}
