using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Deployment;

/// <summary>
/// Carries out a plan: stage, switch, record. Each step looks first whether it was done, so that a rollout can be
/// begun again after it was killed anywhere.
/// </summary>
public sealed class Rollout(
    DeploymentFolder folder, RegistryLog log, PackageBlobs blobs, TimeProvider time, IStepProbe? probe = null)
{
    private readonly Journal journal = new(folder.JournalFile, time);

    /// <summary>The same request has the same id.</summary>
    public static string IdOf(RolloutPlan plan)
        => Digest.Of(FormattableString.Invariant(
            $"{plan.Kind}\n{plan.Model}\n{plan.Environment}\n{plan.ModelDigest}\n{plan.VerdictDigest}\n{plan.Generation}"));

    /// <summary>Carries out a plan whose checks hold.</summary>
    public async Task RunAsync(RolloutPlan plan, ILease lease, CancellationToken cancellationToken)
    {
        await WriteAsync(plan, RolloutStep.Begin, JournalKind.Intent, lease, cancellationToken);
        await StepAsync(plan, RolloutStep.Stage, () => folder.StageAsync(blobs, plan, lease, cancellationToken), lease, cancellationToken);
        if (folder.FaultOf(plan.ModelDigest) is { } fault)
        {
            throw DeploymentProblems.ChangedFiles(plan.Environment, fault);
        }

        await StepAsync(plan, RolloutStep.Switch, () => SwitchAsync(plan, lease, cancellationToken), lease, cancellationToken);
        await FinishAsync(plan, lease, cancellationToken);
    }

    /// <summary>
    /// Finishes a rollout that was killed after the environment had changed: what it serves must not be missing in the
    /// registry. One that was killed before left nothing that counts.
    /// </summary>
    /// <returns>The plan that was finished, or null.</returns>
    public async Task<RolloutPlan?> ResumeAsync(ILease lease, CancellationToken cancellationToken)
    {
        if (await journal.UnfinishedAsync(cancellationToken) is not { Plan: { } plan }
            || await folder.ReadAsync(cancellationToken) is not { } current
            || current.Generation != plan.Generation
            || current.Slots is not [var slot]
            || slot.Digest != plan.ModelDigest)
        {
            return null;
        }

        await FinishAsync(plan, lease, cancellationToken);
        return plan;
    }

    private async Task FinishAsync(RolloutPlan plan, ILease lease, CancellationToken cancellationToken)
    {
        await StepAsync(
            plan,
            RolloutStep.Record,
            () => log.AppendAsync(plan.Model, state => Events(state, plan), cancellationToken),
            lease,
            cancellationToken);
        await WriteAsync(plan, RolloutStep.Done, JournalKind.Observed, lease, cancellationToken);
    }

    private Task SwitchAsync(RolloutPlan plan, ILease lease, CancellationToken cancellationToken)
        => folder.ReplaceAsync(
            new DeploymentRecord
            {
                Model = plan.Model,
                Environment = plan.Environment,
                Generation = plan.Generation,
                Slots = [new DeploymentSlot(plan.ModelDigest, DeploymentFolder.PathOf(plan.ModelDigest), 1, false)],
                Previous = plan.Previous,
                Step = "replace",
                At = time.GetUtcNow(),
                RegistryHead = plan.RegistryHead,
            },
            lease,
            cancellationToken);

    private static List<EventDraft> Events(RegistryState state, RolloutPlan plan)
    {
        var drafts = new List<EventDraft>();
        var isServed = state.Served.Any(change => change.Environment == plan.Environment && change.Generation == plan.Generation);
        if (plan.Kind is RolloutKind.Rollback)
        {
            return isServed ? [] : [EventDraft.Of(RegistryEventType.RolledBack, new RolledBackBody
            {
                DeploymentId = IdOf(plan),
                Environment = plan.Environment,
                From = plan.Previous!,
                To = plan.ModelDigest,
                ManifestDigest = plan.ManifestDigest,
                Reason = plan.Reason ?? string.Empty,
                Generation = plan.Generation,
                Aliases = plan.Aliases,
            })];
        }

        if (!isServed)
        {
            drafts.Add(EventDraft.Of(RegistryEventType.Deployed, new DeployedBody
            {
                DeploymentId = IdOf(plan),
                Environment = plan.Environment,
                ModelDigest = plan.ModelDigest,
                ManifestDigest = plan.ManifestDigest,
                VerdictDigest = plan.VerdictDigest,
                Previous = plan.Previous,
                Generation = plan.Generation,
            }));
        }

        if (!state.Promotions.Any(promotion => promotion.Environment == plan.Environment && promotion.Generation == plan.Generation))
        {
            drafts.Add(EventDraft.Of(RegistryEventType.Promoted, new PromotedBody
            {
                Environment = plan.Environment,
                ModelDigest = plan.ModelDigest,
                ManifestDigest = plan.ManifestDigest,
                Previous = plan.Previous,
                Generation = plan.Generation,
                Aliases = plan.Aliases,
            }));
        }

        return drafts;
    }

    private async Task StepAsync(
        RolloutPlan plan, RolloutStep step, Func<Task> act, ILease lease, CancellationToken cancellationToken)
    {
        await WriteAsync(plan, step, JournalKind.Intent, lease, cancellationToken);
        await act();
        await probe.AtAsync($"after {step}");
        await WriteAsync(plan, step, JournalKind.Observed, lease, cancellationToken);
    }

    private async Task WriteAsync(
        RolloutPlan plan, RolloutStep step, JournalKind kind, ILease lease, CancellationToken cancellationToken)
    {
        await lease.RenewAsync(cancellationToken);
        await journal.AppendAsync(
            new JournalEntry
            {
                At = time.GetUtcNow(),
                Token = lease.Token,
                DeploymentId = IdOf(plan),
                Step = step,
                Kind = kind,
                Plan = step is RolloutStep.Begin ? plan : null,
            },
            cancellationToken);
        await probe.AtAsync($"after journal {step} {kind}");
    }
}
