using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Gating;

/// <summary>
/// The time that a verdict carries: that of <c>SOURCE_DATE_EPOCH</c> where it is set, so that the same inputs give the same
/// bytes. It only ever takes from a verdict's life: a time to come is refused, and whoever asks whether a verdict has
/// ended, or writes an event, asks the clock itself.
/// </summary>
public sealed class VerdictClock : TimeProvider
{
    /// <summary>Seconds since 1970 in UTC, as https://reproducible-builds.org/specs/source-date-epoch has it.</summary>
    public const string Variable = "SOURCE_DATE_EPOCH";

    private readonly DateTimeOffset now;

    private VerdictClock(DateTimeOffset now) => this.now = now;

    /// <summary>The clock of verdicts; the given one where nothing is pinned.</summary>
    /// <exception cref="ProblemException">MLO2915: the variable holds no time, or one to come.</exception>
    public static TimeProvider Of(IEnvironment environment, TimeProvider time)
    {
        if (environment.Get(Variable) is not { Length: > 0 } text)
        {
            return time;
        }

        return !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? throw Refused($"'{text}' is not a number of seconds since 1970.")
            : DateTimeOffset.FromUnixTimeSeconds(seconds) is var pinned && pinned > time.GetUtcNow()
                ? throw Refused(FormattableString.Invariant($"It says {pinned:yyyy-MM-dd HH:mm:ss}Z, which is still to come: such a verdict would live longer than `gate.expires` allows."))
            : new VerdictClock(pinned);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    private static ProblemException Refused(string why) => new(new Problem(
        "MLO2915",
        $"{Variable} is no time that a verdict can carry.",
        why,
        $"Set it to the time of the commit, `export {Variable}=$(git log -1 --format=%ct)`, or unset it.")
    { Exit = ExitCode.Usage });
}
