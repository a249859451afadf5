using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Runs;

public class HostProbeTests
{
    [Fact]
    public void GitHub_is_recognised()
        => Assert.Equal(
            new HostState { Name = "github", RunUrl = "https://github.com/org/flights/actions/runs/42", Actor = "ana" },
            Probe(
                ("GITHUB_ACTIONS", "true"),
                ("GITHUB_SERVER_URL", "https://github.com"),
                ("GITHUB_REPOSITORY", "org/flights"),
                ("GITHUB_RUN_ID", "42"),
                ("GITHUB_ACTOR", "ana")));

    [Fact]
    public void Azure_DevOps_is_recognised()
        => Assert.Equal(
            new HostState
            {
                Name = "azure-devops",
                RunUrl = "https://dev.azure.com/org/My%20Flights/_build/results?buildId=7",
                Actor = "Ana",
            },
            Probe(
                ("TF_BUILD", "True"),
                ("SYSTEM_COLLECTIONURI", "https://dev.azure.com/org/"),
                ("SYSTEM_TEAMPROJECT", "My Flights"),
                ("BUILD_BUILDID", "7"),
                ("BUILD_REQUESTEDFOR", "Ana")));

    [Fact]
    public void Everything_else_is_local()
        => Assert.Equal(new HostState { Name = "local", RunUrl = null, Actor = "ana" }, Probe(("USER", "ana")));

    [Fact]
    public void A_page_that_cannot_be_named_is_left_out()
        => Assert.Equal(
            new HostState { Name = "github", RunUrl = null, Actor = "unknown" }, Probe(("GITHUB_ACTIONS", "true")));

    private static HostState Probe(params (string Name, string Value)[] variables)
        => HostProbe.Of(new FakeEnvironment(variables.ToDictionary(pair => pair.Name, pair => pair.Value)));
}
