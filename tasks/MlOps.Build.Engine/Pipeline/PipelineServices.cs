using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>What a pipeline works with.</summary>
public sealed record PipelineServices
{
    public required StateFolder State { get; init; }

    public required RunStore Runs { get; init; }

    public required ITrainingStep Training { get; init; }

    public required IScoringStep Scoring { get; init; }

    public required IChampionSource Champions { get; init; }

    public required IProcessRunner Processes { get; init; }

    public required IEnvironment Environment { get; init; }

    public required IProgressLog Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The time that verdicts carry, see <see cref="Gating.VerdictClock"/>.</summary>
    public TimeProvider VerdictTime
    {
        get => field ?? Time;
        init;
    }

    public required DataSettings DataSettings { get; init; }
}
