using MlOps.Build.Contracts;
using MlOps.Build.Engine.Deployment;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Approval;

/// <summary>What the user asked <c>mlops promote</c> to do.</summary>
/// <param name="Model">An alias or the beginning of a digest; null: the challenger.</param>
/// <param name="Environment">Where it is wanted.</param>
public sealed record PromoteRequest(string? Model, string Environment);

/// <summary>Writes down what is wanted where, for code owners to review and merge. Changes neither registry nor environment.</summary>
public sealed class PromoteHandler(DeploymentWorld world)
{
    private static readonly TimeSpan Expires = TimeSpan.FromDays(7);

    /// <summary>Writes the promotion lock.</summary>
    /// <exception cref="ProblemException">MLO2606, MLO2517, MLO2701 to MLO2704: why it could not count.</exception>
    public async Task<PromotionLock> HandleAsync(PromoteRequest request, CancellationToken cancellationToken)
    {
        var environment = Terms.Environment(world.Project, request.Environment);
        var approvers = ApprovalKeys.Approvers(world.ProjectRoot, environment);
        var terms = Terms.Of(world.ProjectRoot, world.Project, environment, approvers);
        if (!Terms.Admits(terms, ApprovalSource.PromotionLock))
        {
            throw new ProblemException(new Problem(
                "MLO2606",
                $"A promotion lock would not count for '{environment.Name}'.",
                $"`approval-sources` of '{environment.Name}' in mlops.yml does not name promotion-lock.",
                $"Add it there in a reviewed change, or approve with `mlops approve --to {environment.Name} --key <file>`."));
        }

        var state = await world.Log.StateAsync(world.Project.Model, cancellationToken);
        var judged = ApproveHandler.LatestVerdict(state, ModelReference.Resolve(state, request.Model));
        var clearance = new ClearanceRequest
        {
            State = state,
            Judged = judged,
            Verdict = await world.Blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken),
            Terms = terms,
            Approvers = approvers,
            Now = world.Time.GetUtcNow(),
        };
        ApproveHandler.RefuseWhatCouldNotCount(clearance);
        var wanted = clearance.Now + Expires;
        var promotion = new PromotionLock
        {
            Model = world.Project.Model,
            ModelDigest = clearance.ModelDigest,
            VerdictDigest = judged.Body.VerdictDigest,
            ChampionDigest = state.Champion,
            Environment = environment.Name,
            EnvironmentDigest = Digest.OfDocument(terms),
            RegistryHead = state.Head.Digest!,
            ExpiresAt = wanted < clearance.Verdict.ExpiresAt ? wanted : clearance.Verdict.ExpiresAt,
            RequestedBy = world.Author.Actor,
        };
        AtomicFile.Write(Path.Combine(world.ProjectRoot, PromotionVoucher.FileOf(environment.Name)), promotion);
        return promotion;
    }
}
