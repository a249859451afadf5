using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Pipeline;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Tool.Application;

/// <summary>Wires the engine to the world, without a container: the graph is small and starting is fast.</summary>
internal static class ServicesFactory
{
    public static async Task<PipelineServices> PipelineAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var host = context.Host;
        var world = RegistryFactory.World(context);
        var state = await context.StateAsync(cancellationToken);
        var processes = new ProcessRunner(host.Environment, host.Time);
        var runs = new RunStore(state, host.Time);
        var sources = new ProgramSources(processes, host.Environment);
        var builder = new ProgramBuilder(processes, host.Environment, sources, state, context.Progress, host.Time);
        return new PipelineServices
        {
            State = state,
            Runs = runs,
            Training = new TrainingStep(
                builder, new TrainerRunner(processes, host.Environment, context.Progress, host.Time), runs, host.Environment, context.Progress),
            Scoring = new ScoringStep(
                builder, new ScorerRunner(processes, host.Environment, context.Progress), state, host.Environment, context.Progress),
            Champions = new RegistryChampions(world.Log, world.Blobs, context.ProjectRoot),
            Processes = processes,
            Environment = host.Environment,
            Log = context.Progress,
            Time = host.Time,
            VerdictTime = VerdictClock.Of(host.Environment, host.Time),
            DataSettings = DataSettings.From(host.Environment, state.Scratch),
        };
    }
}
