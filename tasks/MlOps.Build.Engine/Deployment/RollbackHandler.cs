using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Deployment;

/// <summary>What the user asked <c>mlops rollback</c> to do.</summary>
public sealed record RollbackRequest
{
    public required string Environment { get; init; }

    /// <summary>Whether the user said <c>--yes</c>.</summary>
    public required bool Confirmed { get; init; }

    public string Reason { get; init; } = string.Empty;

    /// <summary>Roll back only if this model answers, so that a command that is repeated goes back once; null: whatever answers.</summary>
    public string? From { get; init; }
}

/// <summary>Takes an environment back to the last model that was good there. It was approved once; nothing is asked again.</summary>
public sealed class RollbackHandler(DeploymentWorld world)
{
    /// <summary>Rolls back.</summary>
    /// <exception cref="ProblemException">MLO2709 to MLO2714: why not.</exception>
    public async Task<RollbackAnswer> HandleAsync(RollbackRequest request, CancellationToken cancellationToken)
    {
        var environment = Terms.Environment(world.Project, request.Environment);
        var folder = world.Folder(environment);
        var seen = await StateAsync(cancellationToken);
        if (!request.Confirmed)
        {
            throw DeploymentProblems.NotSure(environment.Name, seen.GoodOf(environment.Name) is [.., var to, _] ? to : "nothing");
        }

        var from = request.From is null ? null : ModelReference.Resolve(seen, request.From);
        await using var lease = await folder.AcquireAsync(
            environment.Name, $"{world.Author.Actor} on {world.Author.Host.Name}", cancellationToken);
        var resumed = await world.Rollout(folder).ResumeAsync(lease, cancellationToken);
        var state = await StateAsync(cancellationToken);
        if (resumed is { Kind: RolloutKind.Rollback } && (from is null || from == resumed.Previous))
        {
            return Answer(resumed, already: false);
        }

        if (AlreadyDone(state, environment.Name, from) is { } done)
        {
            return done;
        }

        var plan = await PlanAsync(state, environment, folder, request, from, cancellationToken);
        await world.Rollout(folder).RunAsync(plan, lease, cancellationToken);
        return Answer(plan, already: false);
    }

    private async Task<RolloutPlan> PlanAsync(
        RegistryState state,
        EnvironmentConfiguration environment,
        DeploymentFolder folder,
        RollbackRequest request,
        string? from,
        CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(folder, environment, state, cancellationToken);
        if (from is not null && from != current)
        {
            throw DeploymentProblems.NotServed(environment.Name, from, current);
        }

        if (state.GoodOf(environment.Name) is not [.., var to, var top] || top != current)
        {
            throw DeploymentProblems.NothingBefore(environment.Name, current);
        }

        var served = state.ServedManifest(environment.Name, to);
        var judged = state.Verdicts.LastOrDefault(verdict => verdict.Body.ManifestDigest == served)
            ?? ApproveHandler.LatestVerdict(state, to);
        return new RolloutPlan
        {
            Kind = RolloutKind.Rollback,
            Model = world.Project.Model,
            Environment = environment.Name,
            ModelDigest = to,
            ManifestDigest = judged.Body.ManifestDigest,
            VerdictDigest = judged.Body.VerdictDigest,
            Previous = current,
            Generation = DeployHandler.NextGeneration(state, environment.Name, await folder.ReadAsync(cancellationToken)),
            Aliases = world.Aliases(environment),
            Reason = request.Reason,
            RegistryHead = state.Head.Digest!,
        };
    }

    /// <summary>
    /// What answers. The bytes that answer may be damaged, that is a reason to go back; that the registry and the
    /// environment disagree is not.
    /// </summary>
    private static async Task<string?> CurrentAsync(
        DeploymentFolder folder, EnvironmentConfiguration environment, RegistryState state, CancellationToken cancellationToken)
    {
        var record = await folder.ReadAsync(cancellationToken);
        return EnvironmentCheck.Disagreement(environment.Name, record, state) is { } fault
            ? throw DeploymentProblems.Disagree(environment.Name, fault)
            : record?.Slots[0].Digest;
    }

    private static RollbackAnswer? AlreadyDone(RegistryState state, string environment, string? from)
        => state.Served.LastOrDefault(change => change.Environment == environment) is { IsRollback: true } last && from == last.Previous
            ? new RollbackAnswer
            {
                Environment = environment,
                From = last.Previous!,
                To = last.ModelDigest,
                Generation = last.Generation,
                AlreadyRolledBack = true,
            }
            : null;

    private static RollbackAnswer Answer(RolloutPlan plan, bool already) => new()
    {
        Environment = plan.Environment,
        From = plan.Previous!,
        To = plan.ModelDigest,
        Generation = plan.Generation,
        AlreadyRolledBack = already,
    };

    private Task<RegistryState> StateAsync(CancellationToken cancellationToken)
        => world.Log.StateAsync(world.Project.Model, cancellationToken);
}
