using MlOps.Build.Contracts;
using MlOps.Build.Engine.Registry;

namespace MlOps.Build.Engine.Approval;

/// <summary>A model, the verdict it relies on, and the environment it wants to enter.</summary>
public sealed record ClearanceRequest
{
    public required RegistryState State { get; init; }

    public required JudgedPackage Judged { get; init; }

    /// <summary>The verdict itself, read by its digest.</summary>
    public required Verdict Verdict { get; init; }

    public required EnvironmentTerms Terms { get; init; }

    public required IReadOnlyList<KnownApprover> Approvers { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What build servers and the protected branch say, asked just now.</summary>
    public IReadOnlyList<VouchedApproval> Vouched { get; init; } = [];

    public string Environment => Terms.Name;

    public string ModelDigest => Judged.Body.ModelDigest;

    /// <summary>Who made the package.</summary>
    public IReadOnlyList<string> Authors
        => State.Packages.LastOrDefault(package => package.Body.ManifestDigest == Judged.Body.ManifestDigest)?.Body.Authors ?? [];
}

/// <summary>Decides whether a model may enter an environment. The first thing that does not hold is the answer.</summary>
public static class Clearance
{
    /// <summary>Why an approval without signature does not count.</summary>
    public const string NotSigned = "it is not signed";

    private const string GateAgain = "Run `mlops run --mode full` and register its result: the gate has to look again.";

    /// <summary>The reason to refuse, or null.</summary>
    public static Problem? Refusal(ClearanceRequest request)
        => OfVerdict(request) ?? OfPolicy(request) ?? OfCertificate(request) ?? OfChampion(request) ?? OfRejections(request) ?? OfApprovals(request);

    /// <summary>Whether an approval counts; the reason why not, or null.</summary>
    public static string? WhyNot(GivenApproval given, ClearanceRequest request)
    {
        var approval = given.Body.Approval;
        var approver = request.Approvers.FirstOrDefault(known => known.KeyId == given.Body.Signature?.KeyId);
        return true switch
        {
            _ when approval.Model != request.Verdict.Model => $"it is about the model '{approval.Model}'",
            _ when approval.VerdictDigest != request.Judged.Body.VerdictDigest =>
                $"it was given on the verdict {approval.VerdictDigest}, the verdict now is {request.Judged.Body.VerdictDigest}",
            _ when approval.EnvironmentDigest != Digest.OfDocument(request.Terms) =>
                $"the terms of '{request.Environment}' have changed since",
            _ when approval.ChampionDigest != request.State.Champion && request.State.Champion != request.ModelDigest =>
                $"it was given beside the champion {approval.ChampionDigest ?? "none"}, "
                    + $"the champion now is {request.State.Champion ?? "none"}",
            _ when approval.ExpiresAt <= request.Now =>
                FormattableString.Invariant($"it ended on {approval.ExpiresAt:yyyy-MM-dd HH:mm}Z"),
            _ when request.State.Find(approval.RegistryHead) is not { } head || head.Seq >= given.Seq =>
                "the registry it was given in is not this one",
            _ when given.Body.Signature is null => NotSigned,
            _ when !Terms.Admits(request.Terms, ApprovalSource.LocalKey) => "signatures do not count there",
            _ when approver is null => "its key is not among the approvers of mlops.yml",
            _ when !string.Equals(approver.Name, approval.Approver, StringComparison.Ordinal) =>
                $"it was signed with the key of {approver.Name}",
            _ when !ApprovalSeal.Holds(approval, given.Body.Signature, approver) => "its signature does not fit its content",
            _ when IsAuthor(approval.Approver, request) => "an author may not approve there",
            _ when given.Seq < LastRollback(request) => "the model was rolled back since",
            _ => null,
        };
    }

    /// <summary>Whether an approver made the model, where that matters.</summary>
    public static bool IsAuthor(string approver, ClearanceRequest request)
        => !request.Terms.AllowSelfApproval && IsOneOf([approver], request.Authors, request);

    /// <summary>Whether a person, under any name that mlops.yml knows for them, is among others.</summary>
    public static bool IsOneOf(IEnumerable<string> names, IEnumerable<string> others, ClearanceRequest request)
    {
        var all = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        foreach (var known in request.Approvers.Where(known => all.Contains(known.Name) || all.Overlaps(known.Logins)).ToList())
        {
            all.Add(known.Name);
            all.UnionWith(known.Logins);
        }

        return all.Overlaps(others);
    }

    private static Problem? OfVerdict(ClearanceRequest request)
    {
        var (verdict, body) = (request.Verdict, request.Judged.Body);
        var isFirst = IsFirst(request);
        return true switch
        {
            _ when verdict.Mode is not RunMode.Full => Refuse("MLO2702", request, "Its verdict was given in pull-request mode.", GateAgain),
            _ when verdict.Kind != body.Verdict || verdict.ExpiresAt != body.ExpiresAt =>
                Refuse("MLO2702", request, "Its verdict does not say what the registry recorded of it.", GateAgain),
            _ when verdict.Subject.Challengers is not [var judged] || judged != request.ModelDigest =>
                Refuse("MLO2702", request, $"Its verdict is about {string.Join(", ", verdict.Subject.Challengers)}.", GateAgain),
            _ when !(verdict.Kind is VerdictKind.Pass or VerdictKind.Warn || (verdict.Kind is VerdictKind.Inconclusive && isFirst)) =>
                Refuse("MLO2702", request, $"Its verdict is '{verdict.Kind.ToString().ToLowerInvariant()}': {verdict.Sentence}", GateAgain),
            _ when verdict.ExpiresAt <= request.Now => Refuse(
                "MLO2703", request, FormattableString.Invariant($"Its verdict ended on {verdict.ExpiresAt:yyyy-MM-dd HH:mm}Z."), GateAgain),
            _ => null,
        };
    }

    private static bool IsFirst(ClearanceRequest request)
        => request.State.Packages.Any(package => package.Body.ManifestDigest == request.Judged.Body.ManifestDigest && package.Body.Bootstrap);

    /// <summary>What the environment asks for beyond the gate, as mlops.yml has it now.</summary>
    private static Problem? OfPolicy(ClearanceRequest request)
    {
        if (request.Terms.Policy is not { } policy)
        {
            return null;
        }

        var own = request.Verdict.Environments?.FirstOrDefault(verdict => verdict.Name == request.Environment);
        return own is null || own.Policy != policy
                ? Refuse("MLO2349", request, $"It was not judged by the policy that '{request.Environment}' has now.", GateAgain)
            : own.Kind is VerdictKind.Pass or VerdictKind.Warn || (own.Kind is VerdictKind.Inconclusive && IsFirst(request)) ? null
            : Refuse("MLO2349", request, $"The policy of '{request.Environment}' says {own.Kind.ToString().ToLowerInvariant()}: {own.Sentence}", GateAgain);
    }

    /// <summary>A certificate is about one policy and one engine: those that judged.</summary>
    private static Problem? OfCertificate(ClearanceRequest request)
    {
        if (request.Terms.RequireCertificate is not true)
        {
            return null;
        }

        var subject = request.Verdict.Subject;
        var why = request.Judged.Body.Certificate switch
        {
            null => "Its policy was not certified.",
            { Policy: var policy } when policy != subject.Policy => "The certificate is about another policy than the one that judged it.",
            { Engine: var engine } when engine != subject.Engine => "The certificate is about another engine than the one that judged it.",
            _ => null,
        };
        return why is null ? null : Refuse("MLO2350", request, why, "Run `mlops gate selftest --run <id>` on its run, then `mlops register --run <id>` again: it takes the certificate in.");
    }

    private static Problem? OfChampion(ClearanceRequest request)
    {
        var champion = request.State.Champion;
        var body = request.Judged.Body;
        if (champion is not null && champion == body.ChampionDigest && champion != request.ModelDigest
            && body.ChampionManifest is { } manifest && request.State.ChampionManifest != manifest)
        {
            return Refuse(
                "MLO2704",
                request,
                $"It was compared with the champion's package {Digest.Short(manifest)}; "
                    + "the same model is champion with another scorer now.",
                GateAgain);
        }

        return champion == request.Judged.Body.ChampionDigest || champion == request.ModelDigest
            ? null
            : Refuse(
                "MLO2704",
                request,
                $"It was compared with {request.Judged.Body.ChampionDigest ?? "nothing"}, the champion now is {champion ?? "none"}.",
                GateAgain);
    }

    private static Problem? OfRejections(ClearanceRequest request)
        => LastRejection(request) is { } rejection
            && !OwnApprovals(request).Any(given => given.Body.Evidence is null)
            && !request.Vouched.Any(vouched => vouched.WhyNot is null)
            ? Refuse(
                "MLO2705",
                request,
                FormattableString.Invariant($"It was rejected there (event {rejection.Seq}): {rejection.Body.Comment}"),
                $"Somebody who knows better can approve it again: `mlops approve --to {request.Environment}`.")
            : null;

    private static Problem? OfApprovals(ClearanceRequest request)
    {
        // What a host said once is asked again; the record of it proves nothing.
        var given = OwnApprovals(request).Where(approval => approval.Body.Evidence is null).ToList();
        var counted = Math.Max(Signed(given, request), VouchedFor(request));
        if (counted >= request.Terms.Approvals)
        {
            return null;
        }

        var reasons = given.Select(approval => (approval, Reason: WhyNot(approval, request)))
            .Where(pair => pair.Reason is not null)
            .Select(pair => FormattableString.Invariant(
                $" The approval of {pair.approval.Body.Approval.Approver} (event {pair.approval.Seq}) does not: {pair.Reason}."));
        return Refuse(
            "MLO2706",
            request,
            FormattableString.Invariant($"It needs {request.Terms.Approvals} approvals, {counted} count.")
                + string.Concat(reasons) + string.Concat(VouchedReasons(request)),
            ApprovalAdvice.Of(request));
    }

    private static int Signed(IEnumerable<GivenApproval> given, ClearanceRequest request)
        => given.Where(approval => WhyNot(approval, request) is null)
            .Select(approval => approval.Body.Signature!.KeyId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Sources do not add up: one person may have a name in each.</summary>
    private static int VouchedFor(ClearanceRequest request)
        => request.Vouched.Where(vouched => vouched.WhyNot is null && Terms.Admits(request.Terms, vouched.Source))
            .GroupBy(vouched => vouched.Source)
            .Select(source => source.Select(vouched => vouched.Approver).Distinct(StringComparer.OrdinalIgnoreCase).Count())
            .DefaultIfEmpty().Max();

    private static IEnumerable<string> VouchedReasons(ClearanceRequest request)
        => request.Vouched.Where(vouched => vouched.WhyNot is not null)
            .Select(vouched => $" The {Terms.Word(vouched.Source)} of {vouched.Approver} does not: {vouched.WhyNot}.");

    internal static GivenRejection? LastRejection(ClearanceRequest request)
        => request.State.Rejections.LastOrDefault(
            rejection => rejection.Body.ModelDigest == request.ModelDigest && rejection.Body.Environment == request.Environment);

    /// <summary>Approvals of this model for this environment that no rejection has cancelled.</summary>
    public static IEnumerable<GivenApproval> OwnApprovals(ClearanceRequest request)
        => request.State.Approvals.Where(given => given.Body.Approval.ModelDigest == request.ModelDigest
            && given.Body.Approval.Environment == request.Environment
            && given.Seq > (LastRejection(request)?.Seq ?? 0));

    internal static long LastRollback(ClearanceRequest request)
        => request.State.Served.LastOrDefault(change => change.IsRollback
            && change.Environment == request.Environment
            && change.Previous == request.ModelDigest)?.Seq ?? 0;

    private static Problem Refuse(string code, ClearanceRequest request, string why, string fix)
        => new(code, $"{Digest.Short(request.ModelDigest)} may not enter '{request.Environment}'.", why, fix) { Exit = ExitCode.Refused };
}
