using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Deployment;

/// <summary>Checks everything that can be checked: chains, packages, verdicts, signatures, environments.</summary>
public sealed class AuditHandler(DeploymentWorld world)
{
    private readonly List<AuditFault> faults = [];
    private readonly List<string> notes = [];

    /// <summary>Audits all models of the registry; exit code 1 when something does not hold.</summary>
    public async Task<Answer<AuditAnswer>> HandleAsync(CancellationToken cancellationToken)
    {
        faults.Clear();
        notes.Clear();
        var models = new List<AuditedModel>();
        foreach (var model in await world.Log.ModelsAsync(cancellationToken))
        {
            models.Add(await AuditAsync(model, cancellationToken));
        }

        var answer = new AuditAnswer { Models = [.. models], Faults = [.. faults], Notes = [.. notes] };
        return new(answer, faults.Count == 0 ? ExitCode.Ok : ExitCode.No);
    }

    private async Task<AuditedModel> AuditAsync(string model, CancellationToken cancellationToken)
    {
        var chain = await world.Log.CheckAsync(model, cancellationToken);
        if (chain.Fault is { } fault)
        {
            faults.Add(new(model, FormattableString.Invariant($"event {fault.Seq}"), fault.Sentence));
        }

        if (chain.HeadIsBehind)
        {
            notes.Add($"{model}: the head is behind by one event, as after a crash; the next writer repairs it.");
        }

        var state = RegistryState.From(chain.Events);
        var blobs = await AuditPackagesAsync(model, state, cancellationToken);
        if (model == world.Project.Model)
        {
            AuditApprovals(model, state);
            await AuditEnvironmentsAsync(model, state, cancellationToken);
        }

        return new AuditedModel(model, chain.Events.Count, chain.Head.Digest, blobs);
    }

    private async Task<int> AuditPackagesAsync(string model, RegistryState state, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var body in state.Packages.Select(package => package.Body).DistinctBy(body => body.ManifestDigest))
        {
            await CatchAsync(model, $"package {Digest.Short(body.ModelDigest)}", async () =>
            {
                var manifest = await world.Blobs.ManifestAsync(body.ManifestDigest, cancellationToken);
                count += 1 + manifest.Files.Length + manifest.Scorer.Files.Length;
                return manifest.ModelDigest == body.ModelDigest
                    ? await world.Blobs.FaultAsync(manifest, cancellationToken)
                    : $"model.json is about {manifest.ModelDigest}.";
            });
        }

        foreach (var body in state.Verdicts.Select(verdict => verdict.Body).DistinctBy(body => body.VerdictDigest))
        {
            count++;
            await CatchAsync(model, $"verdict {Digest.Short(body.VerdictDigest)}", async () =>
                (await world.Blobs.VerdictAsync(body.VerdictDigest, cancellationToken)).Kind == body.Verdict
                    ? null
                    : "It does not say what its event says.");
        }

        return count;
    }

    private async Task CatchAsync(string model, string where, Func<Task<string?>> check)
    {
        try
        {
            if (await check() is { } fault)
            {
                faults.Add(new(model, where, fault));
            }
        }
        catch (ProblemException exception)
        {
            faults.Add(new(model, where, $"{exception.Problem.What} {exception.Problem.Why}"));
        }
    }

    /// <summary>A key that mlops.yml no longer lists cannot be checked, which is no fault: people leave.</summary>
    private void AuditApprovals(string model, RegistryState state)
    {
        var known = world.Project.Environments
            .SelectMany(environment => ApprovalKeys.Approvers(world.ProjectRoot, environment))
            .DistinctBy(approver => approver.KeyId)
            .ToDictionary(approver => approver.KeyId);
        foreach (var given in state.Approvals.Where(given => given.Body.Signature is not null))
        {
            var where = FormattableString.Invariant($"event {given.Seq}");
            if (!known.TryGetValue(given.Body.Signature!.KeyId, out var approver))
            {
                notes.Add(
                    $"{model}: the key of {given.Body.Approval.Approver} ({where}) is not in mlops.yml; its signature was not checked.");
            }
            else if (!ApprovalSeal.Holds(given.Body.Approval, given.Body.Signature, approver))
            {
                faults.Add(new(model, where, $"The signature of {given.Body.Approval.Approver} does not fit what was approved."));
            }
        }
    }

    private async Task AuditEnvironmentsAsync(string model, RegistryState state, CancellationToken cancellationToken)
    {
        foreach (var environment in world.Project.Environments)
        {
            await CatchAsync(model, environment.Name, async () =>
            {
                var folder = world.Folder(environment);
                var record = await folder.ReadAsync(cancellationToken);
                var unfinished = await new Journal(folder.JournalFile, world.Time).UnfinishedAsync(cancellationToken);
                if (unfinished?.Plan is { } plan && plan.Generation == record?.Generation && plan.ModelDigest == record.Slots[0].Digest)
                {
                    var kind = plan.Kind.ToString().ToLowerInvariant();
                    notes.Add($"{environment.Name}: a {kind} was interrupted; run it again to finish it.");
                    return null;
                }

                return EnvironmentCheck.Disagreement(environment.Name, record, state)
                    ?? (record is null ? null : folder.FaultOf(record.Slots[0].Digest));
            });
        }
    }
}
