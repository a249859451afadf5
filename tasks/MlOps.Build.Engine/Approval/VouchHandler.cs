using MlOps.Build.Contracts;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Approval;

/// <summary>Asks the sources of an environment who approved and writes down, for the audit, what they said.</summary>
public sealed class VouchHandler(DeploymentWorld world)
{
    /// <summary>Records the approvals that count now; adds nothing that is there.</summary>
    /// <exception cref="ProblemException">MLO2702 to MLO2706: what does not hold.</exception>
    public async Task<ApprovalAnswer> HandleAsync(PromoteRequest request, CancellationToken cancellationToken)
    {
        var environment = Terms.Environment(world.Project, request.Environment);
        var approvers = ApprovalKeys.Approvers(world.ProjectRoot, environment);
        var state = await world.Log.StateAsync(world.Project.Model, cancellationToken);
        var judged = ApproveHandler.LatestVerdict(state, ModelReference.Resolve(state, request.Model));
        var clearance = await Vouchers.AskAsync(
            new ClearanceRequest
            {
                State = state,
                Judged = judged,
                Verdict = await world.Blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken),
                Terms = Terms.Of(world.ProjectRoot, world.Project, environment, approvers),
                Approvers = approvers,
                Now = world.Time.GetUtcNow(),
            },
            world.Vouchers,
            cancellationToken);
        if (Clearance.Refusal(clearance) is { } refusal)
        {
            throw new ProblemException(refusal);
        }

        var recorded = await RecordAsync(clearance, cancellationToken);
        var last = recorded.Approvals.Last(given => given.Body.Approval.ModelDigest == clearance.ModelDigest
            && given.Body.Approval.Environment == environment.Name);
        return new ApprovalAnswer { Approval = last.Body.Approval, Signature = last.Body.Signature };
    }

    /// <summary>Adds an event for every approval that counts and is not there, after a last look at what others wrote meanwhile.</summary>
    public Task<RegistryState> RecordAsync(ClearanceRequest clearance, CancellationToken cancellationToken)
        => world.Log.AppendAsync(
            world.Project.Model,
            state =>
            {
                var now = clearance with { State = state };
                return Clearance.Refusal(now) is { } refusal ? throw new ProblemException(refusal)
                    : [.. now.Vouched.Where(vouched => vouched.WhyNot is null)
                        .Select(vouched => VouchedEvent.Of(vouched, now))
                        .Where(body => !state.Approvals.Any(given => VouchedEvent.IsSame(given.Body, body)))
                        .Select(body => EventDraft.Of(RegistryEventType.Approved, body))];
            },
            cancellationToken);
}
