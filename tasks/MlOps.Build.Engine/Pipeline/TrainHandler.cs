using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Answers <c>mlops train</c>: one training of the work tree, on the rows the pipeline of that mode would give it.</summary>
public sealed class TrainHandler(PipelineServices services)
{
    /// <summary>Checks the data, splits them and trains once.</summary>
    /// <exception cref="ProblemException">MLO2411: the data breaks its contract; whatever the trainer does wrong.</exception>
    public async Task<Answer<RunDetails>> TrainAsync(PipelineRequest request, int? seed, CancellationToken cancellationToken)
    {
        var configuration = Once(ConfigurationReader.Read(request.ProjectRoot), seed);
        var (_, state) = await WorkTree.FindAsync(services, request.ProjectRoot, cancellationToken);
        var snapshot = new PipelineEnding(services, request).Snapshot(configuration, cancellationToken);
        await new DeadRuns(services.State, services.Log, services.Time).SweepAsync();
        using var scratch = new ScratchFolder(services);
        var work = new SideWork(services, request, scratch.Path, snapshot.Digest);
        var files = work.Prepare(configuration, "head", configuration.Train.Seed, cancellationToken);
        var side = new TrainingSide { Name = "model", Root = request.ProjectRoot, Configuration = configuration, Git = state };
        var trained = await work.TrainAsync(side, files, 0, configuration.Train.Seed, cancellationToken);
        return new RunsHandler(services.Runs).Show(trained.RunId);
    }

    /// <summary>The first replicate only: the same rows and seed, so that <c>mlops run</c> finds this training again.</summary>
    private static ProjectConfiguration Once(ProjectConfiguration configuration, int? seed) => configuration with
    {
        Sample = configuration.Sample with { Seeds = 1 },
        Train = configuration.Train with { Seed = seed ?? configuration.Train.Seed },
    };
}
