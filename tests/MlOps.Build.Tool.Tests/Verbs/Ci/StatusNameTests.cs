using MlOps.Build.Engine.Hosts;
using MlOps.Build.Tool.Verbs.Ci;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>A status is called gate only by a job that runs merged code.</summary>
public sealed class StatusNameTests
{
    [Theory]
    [InlineData(ZoneKind.Trusted, "mlops/gate (late-flights)")]
    [InlineData(ZoneKind.Advisory, "mlops/advice (late-flights)")]
    [InlineData(ZoneKind.Untrusted, "mlops/advice (late-flights)")]
    [InlineData(ZoneKind.Reporter, "mlops/advice (late-flights)")]
    [InlineData(ZoneKind.Local, "mlops/advice (late-flights)")]
    public void What_a_pull_request_can_forge_is_advice(ZoneKind zone, string name)
        => Assert.Equal(name, CiReport.StatusName(zone, "late-flights"));
}
