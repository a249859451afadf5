using MlOps.Build.Contracts;
using MlOps.Build.Engine.Approval;
using MlOps.Build.Engine.Attestation;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Deployment;

/// <summary>What the user asked <c>mlops deploy</c> to do.</summary>
/// <param name="Model">An alias or the beginning of a digest; null: the challenger.</param>
/// <param name="Environment">Where.</param>
public sealed record DeployRequest(string? Model, string Environment)
{
    /// <summary>Digests of policy files, one of which must have had a say in the verdict; null: nothing is demanded.</summary>
    public string? RequiredPolicy { get; init; }
}

/// <summary>What the verbs that change an environment are made from.</summary>
public sealed record DeploymentWorld
{
    public required ProjectConfiguration Project { get; init; }

    public required string ProjectRoot { get; init; }

    public required RegistryLog Log { get; init; }

    public required PackageBlobs Blobs { get; init; }

    public required Author Author { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Who is asked for approvals that are not signed in the registry.</summary>
    public IReadOnlyList<IVoucher> Vouchers { get; init; } = [];

    public IStepProbe? Probe { get; init; }

    public DeploymentFolder Folder(EnvironmentConfiguration environment)
        => new(Path.GetFullPath(environment.Path, Path.GetFullPath(ProjectRoot)), Time, Probe);

    public Rollout Rollout(DeploymentFolder folder) => new(folder, Log, Blobs, Time, Probe);

    /// <summary>The champion of the project is that of the last environment in mlops.yml: the one all others lead to.</summary>
    public string[] Aliases(EnvironmentConfiguration environment)
        => Project.Environments[^1].Name == environment.Name
            ? ["champion", $"champion@{environment.Name}"]
            : [$"champion@{environment.Name}"];
}

/// <summary>Puts a model into an environment after everything it relies on was checked again.</summary>
public sealed class DeployHandler(DeploymentWorld world)
{
    /// <summary>Deploys a model.</summary>
    /// <exception cref="ProblemException">MLO2501, MLO2507, MLO2702 to MLO2711: what does not hold.</exception>
    public async Task<DeployAnswer> HandleAsync(DeployRequest request, CancellationToken cancellationToken)
    {
        var environment = Terms.Environment(world.Project, request.Environment);
        var folder = world.Folder(environment);
        var wanted = ModelReference.Resolve(await StateAsync(cancellationToken), request.Model);
        await using var lease = await folder.AcquireAsync(
            environment.Name, $"{world.Author.Actor} on {world.Author.Host.Name}", cancellationToken);
        await world.Rollout(folder).ResumeAsync(lease, cancellationToken);

        var state = await StateAsync(cancellationToken);
        var current = await Current(folder, environment, state, cancellationToken);
        var judged = ApproveHandler.LatestVerdict(state, wanted);
        if (current?.Slots[0].Digest == wanted && await IsServedAsync(state, judged, environment, cancellationToken))
        {
            return Answer(environment, judged, current.Previous, current.Generation, already: true);
        }

        RequiredPolicy.Require(request.RequiredPolicy, await world.Blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken));
        state = await CheckAsync(state, judged, environment, cancellationToken);
        var plan = Plan(state, judged, environment, current);
        await world.Rollout(folder).RunAsync(plan, lease, cancellationToken);
        return Answer(environment, judged, plan.Previous, plan.Generation, already: false);
    }

    /// <summary>What the environment serves, checked against the registry and byte by byte.</summary>
    internal static async Task<DeploymentRecord?> Current(
        DeploymentFolder folder, EnvironmentConfiguration environment, RegistryState state, CancellationToken cancellationToken)
    {
        var current = await folder.ReadAsync(cancellationToken);
        if (EnvironmentCheck.Disagreement(environment.Name, current, state) is { } disagreement)
        {
            throw DeploymentProblems.Disagree(environment.Name, disagreement);
        }

        return current is not null && folder.FaultOf(current.Slots[0].Digest) is { } fault
            ? throw DeploymentProblems.ChangedFiles(environment.Name, fault)
            : current;
    }

    /// <summary>Whether the package that answers has the scorer of the package that is wanted.</summary>
    private async Task<bool> IsServedAsync(
        RegistryState state, JudgedPackage judged, EnvironmentConfiguration environment, CancellationToken cancellationToken)
        => state.ServedManifest(environment.Name, judged.Body.ModelDigest) is not { } served
            || served == judged.Body.ManifestDigest
            || PackageIdentity.IsSame(
                await world.Blobs.ManifestAsync(served, cancellationToken),
                await world.Blobs.ManifestAsync(judged.Body.ManifestDigest, cancellationToken));

    private Task<RegistryState> StateAsync(CancellationToken cancellationToken)
        => world.Log.StateAsync(world.Project.Model, cancellationToken);

    /// <summary>The registry after every approval that counts was written down.</summary>
    private async Task<RegistryState> CheckAsync(
        RegistryState state, JudgedPackage judged, EnvironmentConfiguration environment, CancellationToken cancellationToken)
    {
        var approvers = ApprovalKeys.Approvers(world.ProjectRoot, environment);
        var clearance = new ClearanceRequest
        {
            State = state,
            Judged = judged,
            Verdict = await world.Blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken),
            Terms = Terms.Of(world.ProjectRoot, world.Project, environment, approvers),
            Approvers = approvers,
            Now = world.Time.GetUtcNow(),
        };
        var refusal = Clearance.Refusal(clearance);
        if (refusal?.Code is "MLO2705" or "MLO2706")
        {
            // Signatures are in the registry; everybody else is asked only where these do not suffice.
            clearance = await Approval.Vouchers.AskAsync(clearance, world.Vouchers, cancellationToken);
            refusal = Clearance.Refusal(clearance);
        }

        if (refusal is not null)
        {
            throw new ProblemException(refusal);
        }

        var manifest = await world.Blobs.ManifestAsync(judged.Body.ManifestDigest, cancellationToken);
        var fault = manifest.ModelDigest != judged.Body.ModelDigest || manifest.Name != world.Project.Model
            ? $"model.json is about {manifest.Name} {manifest.ModelDigest}."
            : await world.Blobs.FaultAsync(manifest, cancellationToken);
        if (fault is not null)
        {
            throw RegistryProblems.Refused(
                "MLO2507",
                $"The package {Digest.Short(judged.Body.ModelDigest)} is not what was registered.",
                fault,
                "Restore the registry from a copy; `mlops audit verify` lists all that is wrong.");
        }

        if (environment.RequireAttestation)
        {
            await AttestationCheck.RequireAsync(
                world.Blobs, judged, manifest, ApprovalKeys.Attesters(world.ProjectRoot, environment), cancellationToken);
        }

        return clearance.Vouched.Any(vouched => vouched.WhyNot is null)
            ? await new VouchHandler(world).RecordAsync(clearance, cancellationToken)
            : state;
    }

    private RolloutPlan Plan(
        RegistryState state, JudgedPackage judged, EnvironmentConfiguration environment, DeploymentRecord? current) => new()
        {
            Kind = RolloutKind.Deploy,
            Model = world.Project.Model,
            Environment = environment.Name,
            ModelDigest = judged.Body.ModelDigest,
            ManifestDigest = judged.Body.ManifestDigest,
            VerdictDigest = judged.Body.VerdictDigest,
            Previous = current?.Slots[0].Digest,
            Generation = NextGeneration(state, environment.Name, current),
            Aliases = world.Aliases(environment),
            Reason = null,
            RegistryHead = state.Head.Digest!,
        };

    /// <summary>Generations grow also where the environment's folder was lost.</summary>
    internal static long NextGeneration(RegistryState state, string environment, DeploymentRecord? current)
        => Math.Max(
            current?.Generation ?? 0,
            state.Served.Where(change => change.Environment == environment).Select(change => change.Generation).DefaultIfEmpty().Max()) + 1;

    private DeployAnswer Answer(
        EnvironmentConfiguration environment, JudgedPackage judged, string? previous, long generation, bool already) => new()
        {
            Environment = environment.Name,
            ModelDigest = judged.Body.ModelDigest,
            VerdictDigest = judged.Body.VerdictDigest,
            Previous = previous,
            Generation = generation,
            Aliases = world.Aliases(environment),
            AlreadyDeployed = already,
        };
}
