using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Deployment;

/// <summary>Says what every environment serves, what waits to get in, and what does not fit.</summary>
public sealed class StatusHandler(DeploymentWorld world)
{
    /// <summary>Looks, and changes nothing.</summary>
    /// <exception cref="ProblemException">MLO2501: the registry is broken.</exception>
    public async Task<StatusAnswer> HandleAsync(CancellationToken cancellationToken)
    {
        var state = await world.Log.StateAsync(world.Project.Model, cancellationToken);
        var environments = new List<EnvironmentStatus>();
        foreach (var environment in world.Project.Environments)
        {
            environments.Add(await OfAsync(environment, state, cancellationToken));
        }

        return new StatusAnswer
        {
            Model = world.Project.Model,
            Champion = state.Champion,
            Challenger = state.Aliases.GetValueOrDefault("challenger"),
            Environments = [.. environments],
        };
    }

    private async Task<EnvironmentStatus> OfAsync(
        EnvironmentConfiguration environment, RegistryState state, CancellationToken cancellationToken)
    {
        var folder = world.Folder(environment);
        var record = await folder.ReadAsync(cancellationToken);
        var good = state.GoodOf(environment.Name);
        return new EnvironmentStatus
        {
            Name = environment.Name,
            ModelDigest = record?.Slots is [var slot, ..] ? slot.Digest : null,
            Generation = record?.Generation ?? 0,
            Since = record?.At,
            RollsBackTo = good is [.., var before, _] ? before : null,
            ChallengerWaitsFor = await WaitsForAsync(environment, state, cancellationToken),
            Faults = await FaultsAsync(environment, folder, record, state, cancellationToken),
        };
    }

    private async Task<string[]> FaultsAsync(
        EnvironmentConfiguration environment,
        DeploymentFolder folder,
        DeploymentRecord? record,
        RegistryState state,
        CancellationToken cancellationToken)
    {
        var unfinished = await new Journal(folder.JournalFile, world.Time).UnfinishedAsync(cancellationToken);
        string?[] faults =
        [
            EnvironmentCheck.Disagreement(environment.Name, record, state),
            record?.Slots is [var slot, ..] ? folder.FaultOf(slot.Digest) : null,
            unfinished?.Plan is { } plan && plan.Generation == record?.Generation
                ? $"A {plan.Kind.ToString().ToLowerInvariant()} of {plan.ModelDigest} was interrupted; run it again to finish it."
                : null,
        ];
        return [.. faults.OfType<string>()];
    }

    private async Task<string?> WaitsForAsync(
        EnvironmentConfiguration environment, RegistryState state, CancellationToken cancellationToken)
    {
        if (!state.Aliases.TryGetValue("challenger", out var challenger)
            || state.Verdicts.LastOrDefault(verdict => verdict.Body.ModelDigest == challenger) is not { } judged)
        {
            return null;
        }

        var approvers = ApprovalKeys.Approvers(world.ProjectRoot, environment);
        return Clearance.Refusal(new ClearanceRequest
        {
            State = state,
            Judged = judged,
            Verdict = await world.Blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken),
            Terms = Terms.Of(world.ProjectRoot, world.Project, environment, approvers),
            Approvers = approvers,
            Now = world.Time.GetUtcNow(),
        })?.Why;
    }
}
