using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Approval;

/// <summary>What a consent has to come after: the verdict, a rejection, a rollback.</summary>
public static class Standing
{
    /// <summary>The last event that takes earlier consent away.</summary>
    public static RegistryEvent Since(ClearanceRequest request)
        => request.State.Events[(int)Seq(request) - 1];

    /// <summary>That event in words, for "it was given before ...".</summary>
    public static string InWords(RegistryEvent item) => item.Type switch
    {
        RegistryEventType.Rejected => "the model was rejected",
        RegistryEventType.RolledBack => "the model was rolled back",
        _ => "the verdict was registered",
    };

    private static long Seq(ClearanceRequest request)
        => Math.Max(request.Judged.Seq, Math.Max(Clearance.LastRejection(request)?.Seq ?? 0, Clearance.LastRollback(request)));
}
