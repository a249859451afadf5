using Microsoft.Extensions.Time.Testing;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Gating;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Gating;

public sealed class VerdictClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly FakeTimeProvider Time = new(Now);

    [Theory]
    [InlineData("0", "1970-01-01T00:00:00Z")]
    [InlineData("1764000000", "2025-11-24T16:00:00Z")]
    [InlineData("1795348800", "2026-11-22T12:00:00Z")]
    public void A_pinned_time_up_to_now_is_taken(string epoch, string expected)
        => Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Of(epoch).GetUtcNow());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_one_it_is_the_clock_s(string? epoch) => Assert.Same(Time, Of(epoch));

    [Theory]
    [InlineData("1795348801", "It says 2026-11-22 12:00:01Z, which is still to come: such a verdict would live longer than `gate.expires` allows.")]
    [InlineData("253402300799", "It says 9999-12-31 23:59:59Z, which is still to come: such a verdict would live longer than `gate.expires` allows.")]
    [InlineData("253402300800", "'253402300800' is not a number of seconds since 1970.")]
    [InlineData("99999999999999999999", "'99999999999999999999' is not a number of seconds since 1970.")]
    [InlineData("-1", "'-1' is not a number of seconds since 1970.")]
    [InlineData(" 1", "' 1' is not a number of seconds since 1970.")]
    [InlineData("2026-11-22", "'2026-11-22' is not a number of seconds since 1970.")]
    public void A_time_to_come_would_lengthen_a_verdict_s_life_and_is_refused_as_what_is_none(string epoch, string why)
    {
        var problem = Assert.Throws<ProblemException>(() => Of(epoch)).Problem;

        Assert.Equal(("MLO2915", ExitCode.Usage, why), (problem.Code, problem.Exit, problem.Why));
    }

    private static TimeProvider Of(string? epoch)
        => VerdictClock.Of(
            new FakeEnvironment(epoch is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { [VerdictClock.Variable] = epoch }),
            Time);
}
