using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage;

internal static class StoreProblems
{
    public static ProblemException Busy(string resource, LeaseRecord holder)
        => new(new Problem(
            "MLO2503",
            $"'{resource}' is being changed by somebody else.",
            FormattableString.Invariant($"{holder.Owner} holds it until {holder.ExpiresAt:yyyy-MM-dd HH:mm:ss}Z."),
            "Run the command again when that has ended; a holder that died gives way at that time at the latest.")
        {
            Exit = ExitCode.Unavailable,
        });

    public static ProblemException Lost(string resource)
        => new(new Problem(
            "MLO2504",
            $"The lease on '{resource}' has passed to somebody else.",
            "This process was stopped or slow for longer than its lease lasts.",
            "Run the command again: it looks at what is there and goes on from it.")
        {
            Exit = ExitCode.Unavailable,
        });

    public static ProblemException WrongBytes(string digest, string found)
        => new(new Problem(
            "MLO2505",
            $"The blob {digest} was not stored.",
            $"The bytes that arrived have the digest {found}: the file changed while it was read.",
            "Train or register again, and keep other programs away from the run folder.")
        {
            Exit = ExitCode.Refused,
        });

    public static ProblemException BadKey(string key)
        => new(new Problem(
            "MLO2506",
            $"'{key}' cannot be a name in the registry.",
            "A name has 1 to 200 characters out of a-z, A-Z, 0-9, '.', '_' and '-' in each part, and no part starts with '.'.",
            "Choose another name in mlops.yml."));
}
