using System.Text.Json;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>An event in words.</summary>
public static class EventSentence
{
    public static string Of(RegistryEvent item) => item.Type switch
    {
        RegistryEventType.Registered => Body<RegisteredBody>(item) is var body
            ? $"{Digest.Short(body.ModelDigest)} registered from run {body.RunId}{(body.Bootstrap ? " as a first model" : string.Empty)}"
            : string.Empty,
        RegistryEventType.Judged => Body<JudgedBody>(item) is var body
            ? $"{Digest.Short(body.ModelDigest)} judged: {body.Verdict.ToString().ToLowerInvariant()}"
            : string.Empty,
        RegistryEventType.Approved => Body<ApprovedBody>(item) is { Approval: var approval } body
            ? $"{Digest.Short(approval.ModelDigest)} approved for {approval.Environment} by {approval.Approver}"
                + (body.Evidence is { } evidence ? $" ({Approval.Terms.Word(approval.Source)}, {evidence.Where})" : string.Empty)
            : string.Empty,
        RegistryEventType.Rejected => Body<RejectedBody>(item) is var body
            ? $"{Digest.Short(body.ModelDigest)} rejected for {body.Environment}: {body.Comment}"
            : string.Empty,
        RegistryEventType.Deployed => Body<DeployedBody>(item) is var body
            ? FormattableString.Invariant($"{Digest.Short(body.ModelDigest)} answers in {body.Environment}, generation {body.Generation}")
            : string.Empty,
        RegistryEventType.Promoted => Body<PromotedBody>(item) is var body
            ? $"{Digest.Short(body.ModelDigest)} is {string.Join(" and ", body.Aliases)}"
            : string.Empty,
        RegistryEventType.RolledBack => Body<RolledBackBody>(item) is var body
            ? $"{body.Environment} went back from {Digest.Short(body.From)} to {Digest.Short(body.To)}"
                + (body.Reason.Length > 0 ? $": {body.Reason}" : string.Empty)
            : string.Empty,
        _ => item.Type.ToString().ToLowerInvariant(),
    };

    private static T Body<T>(RegistryEvent item)
        where T : class
        => item.Body.Deserialize(Documents.TypeInfo<T>())!;
}
