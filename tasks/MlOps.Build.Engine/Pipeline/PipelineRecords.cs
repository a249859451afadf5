using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The record a pipeline run starts with.</summary>
internal static class PipelineRecords
{
    public static RunRecord New(
        ProjectConfiguration configuration, int seed, PipelineRequest request, GitState git, IEnvironment environment, string id, DateTimeOffset at) => new()
        {
            Id = id,
            Model = configuration.Model,
            Kind = RunKind.Pipeline,
            Mode = request.Mode,
            Status = RunStatus.Started,
            ProblemCode = null,
            StartedAt = at,
            EndedAt = null,
            Git = git,
            Host = HostProbe.Of(environment),
            Machine = MachineProbe.Current,
            SnapshotDigest = null,
            Split = null,
            Sample = null,
            Seed = seed,
            Parameters = configuration.Train.Parameters,
            CacheKey = null,
            ModelDigest = null,
            PredictionsDigest = null,
            Challengers = [],
            Baselines = [],
            Verdict = null,
            Timings = [],
        };
}
