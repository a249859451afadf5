using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Approval;

/// <summary>What the user asked <c>mlops reject</c> to do.</summary>
/// <param name="Model">An alias or the beginning of a digest; null: the challenger.</param>
/// <param name="Environment">Where it must not go.</param>
/// <param name="Comment">Why.</param>
public sealed record RejectRequest(string? Model, string Environment, string Comment);

/// <summary>Records that a model must not enter an environment; approvals given before no longer count.</summary>
public sealed class RejectHandler(ProjectConfiguration project, RegistryLog log)
{
    /// <summary>Rejects a model.</summary>
    /// <exception cref="ProblemException">MLO2517, MLO2605, MLO2701: why not.</exception>
    public async Task<Rejection> HandleAsync(RejectRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Comment))
        {
            throw new ProblemException(new Problem(
                "MLO2605",
                "A rejection needs a reason.",
                "Whoever made the model has to know what to change.",
                "Say it: `--comment \"...\"`."));
        }

        var environment = Terms.Environment(project, request.Environment);
        RejectedBody? body = null;
        await log.AppendAsync(
            project.Model,
            state =>
            {
                body = new RejectedBody(ModelReference.Resolve(state, request.Model), environment.Name, request.Comment);
                return state.Rejections is [.., var last] && last.Body == body ? [] : [EventDraft.Of(RegistryEventType.Rejected, body)];
            },
            cancellationToken);
        return new Rejection { ModelDigest = body!.ModelDigest, Environment = body.Environment, Comment = body.Comment };
    }
}
