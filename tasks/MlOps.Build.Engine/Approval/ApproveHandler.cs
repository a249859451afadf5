using System.Security.Cryptography;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Approval;

/// <summary>What the user asked <c>mlops approve</c> to do.</summary>
public sealed record ApproveRequest
{
    /// <summary>An alias or the beginning of a digest; null: the challenger.</summary>
    public string? Model { get; init; }

    public required string Environment { get; init; }

    /// <summary>A PEM file with a private key, or null for an approval without signature.</summary>
    public string? KeyFile { get; init; }

    public string? Comment { get; init; }

    /// <summary>How long it counts; never longer than the verdict.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Records a person's consent, bound to the bytes, the verdict, the champion, the registry and the environment.</summary>
public sealed class ApproveHandler(
    ProjectConfiguration project, string projectRoot, RegistryLog log, PackageBlobs blobs, Author author, TimeProvider time)
{
    /// <summary>Approves a model for an environment.</summary>
    /// <exception cref="ProblemException">MLO2601 to MLO2604, MLO2517, MLO2702 to MLO2704: why not.</exception>
    public async Task<ApprovalAnswer> HandleAsync(ApproveRequest request, CancellationToken cancellationToken)
    {
        var environment = Terms.Environment(project, request.Environment);
        var approvers = ApprovalKeys.Approvers(projectRoot, environment);
        using var key = request.KeyFile is { } file ? ApprovalKeys.Private(file) : null;
        var approver = Approver(key, approvers, environment);
        var before = await log.StateAsync(project.Model, cancellationToken);
        var judged = LatestVerdict(before, ModelReference.Resolve(before, request.Model));
        var verdict = await blobs.VerdictAsync(judged.Body.VerdictDigest, cancellationToken);
        ApprovedBody? body = null;
        await log.AppendAsync(
            project.Model,
            state =>
            {
                var clearance = new ClearanceRequest
                {
                    State = state,
                    Judged = judged,
                    Verdict = verdict,
                    Terms = Terms.Of(projectRoot, project, environment, approvers),
                    Approvers = approvers,
                    Now = time.GetUtcNow(),
                };
                RefuseWhatCouldNotCount(clearance);
                RefuseAuthor(clearance, approver);
                body = Given(clearance, approver, key);
                if (body is not null)
                {
                    return [];
                }

                body = Sealed(clearance, approver, request, key);
                return [EventDraft.Of(RegistryEventType.Approved, body)];
            },
            cancellationToken);
        return new ApprovalAnswer { Approval = body!.Approval, Signature = body.Signature };
    }

    /// <summary>The verdict a model stands on: the last one.</summary>
    /// <exception cref="ProblemException">MLO2517: it was never judged.</exception>
    public static JudgedPackage LatestVerdict(RegistryState state, string modelDigest)
        => state.Verdicts.LastOrDefault(verdict => verdict.Body.ModelDigest == modelDigest)
            ?? throw RegistryProblems.NoModel(modelDigest, "It has no verdict: its registration was interrupted.");

    private string Approver(ECDsa? key, IReadOnlyList<KnownApprover> approvers, EnvironmentConfiguration environment)
    {
        if (key is null)
        {
            return environment.Approvals == 0
                ? author.Actor
                : throw RegistryProblems.Refused(
                    "MLO2602",
                    $"An approval for '{environment.Name}' needs a signature.",
                    FormattableString.Invariant($"mlops.yml asks for {environment.Approvals} approvals there, ")
                        + "and one without signature counts for nobody.",
                    "Sign it: `--key <file.pem>`.");
        }

        return approvers.FirstOrDefault(known => known.KeyId == ApprovalKeys.IdOf(key))?.Name
            ?? throw RegistryProblems.Refused(
                "MLO2603",
                $"This key does not approve anything for '{environment.Name}'.",
                "Its public part is not among the approvers of mlops.yml.",
                "Use a key that is, or have yours added to `approvers` in a reviewed change.");
    }

    /// <summary>Refuses where no approval could help: verdict, champion.</summary>
    internal static void RefuseWhatCouldNotCount(ClearanceRequest clearance)
    {
        var withoutApprovals = clearance with
        {
            Terms = clearance.Terms with { Approvals = 0 },
            State = clearance.State with { Rejections = [] },
        };
        if (Clearance.Refusal(withoutApprovals) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    private static void RefuseAuthor(ClearanceRequest clearance, string approver)
    {
        if (Clearance.IsAuthor(approver, clearance))
        {
            throw RegistryProblems.Refused(
                "MLO2604",
                $"{approver} may not approve this model for '{clearance.Environment}'.",
                $"{approver} made it, and `allow-self-approval` is false there.",
                "Ask another approver.");
        }
    }

    /// <summary>The same consent, given before and still good: saying it twice adds nothing.</summary>
    private static ApprovedBody? Given(ClearanceRequest clearance, string approver, ECDsa? key)
        => Clearance.OwnApprovals(clearance).LastOrDefault(given => given.Body.Approval.Approver == approver
            && (key is null
                ? given.Body.Signature is null && Clearance.WhyNot(given, clearance) is Clearance.NotSigned
                : Clearance.WhyNot(given, clearance) is null))?.Body;

    private static ApprovedBody Sealed(ClearanceRequest clearance, string approver, ApproveRequest request, ECDsa? key)
    {
        var wanted = clearance.Now + request.Expires;
        var approval = new Contracts.Approval
        {
            Model = clearance.Verdict.Model,
            ModelDigest = clearance.ModelDigest,
            VerdictDigest = clearance.Judged.Body.VerdictDigest,
            ChampionDigest = clearance.State.Champion,
            RegistryHead = clearance.State.Head.Digest!,
            Environment = clearance.Environment,
            EnvironmentDigest = Digest.OfDocument(clearance.Terms),
            ExpiresAt = wanted < clearance.Verdict.ExpiresAt ? wanted : clearance.Verdict.ExpiresAt,
            Approver = approver,
            Source = key is null ? ApprovalSource.LocalUnsigned : ApprovalSource.LocalKey,
            Comment = request.Comment,
            At = clearance.Now,
        };
        return new ApprovedBody { Approval = approval, Signature = key is null ? null : ApprovalSeal.Sign(approval, key) };
    }
}
