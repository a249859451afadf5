using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.Inputs;

namespace MlOps.Build.Engine.Tests.Hosts;

public sealed class GivenEnvironmentTests
{
    [Theory]
    [InlineData("github")]
    [InlineData("azure-devops")]
    [InlineData("local")]
    public void What_is_given_counts_more_than_what_any_host_says(string host)
    {
        var environment = new Variables
        {
            ["INPUT_BASE"] = "the host's",
            ["INPUT_LOCK-FILE"] = "the host's",
            ["INPUT_lockFile"] = "the host's",
            ["INPUT_LOCKFILE"] = "the host's",
        };

        var given = PipelineHosts.Of(host, environment, new Dictionary<string, string>(StringComparer.Ordinal) { ["base"] = "main", ["lock-file"] = "a.json" }, TextWriter.Null);

        Assert.Equal("main", given.Input(TaskInputs.Base));
        Assert.Equal("a.json", given.Input(TaskInputs.LockFile));
    }

    [Theory]
    [InlineData("github")]
    [InlineData("azure-devops")]
    public void What_is_not_given_stays_the_host_s(string host)
    {
        var environment = new Variables { ["INPUT_BASE"] = "release" };

        var some = PipelineHosts.Of(host, environment, new Dictionary<string, string>(StringComparer.Ordinal) { ["root"] = "x" }, TextWriter.Null);
        var emptied = PipelineHosts.Of(host, environment, new Dictionary<string, string>(StringComparer.Ordinal) { ["base"] = "" }, TextWriter.Null);

        Assert.Equal("release", some.Input(TaskInputs.Base));
        Assert.Null(emptied.Input(TaskInputs.Base));
    }

    private sealed class Variables : Dictionary<string, string>, IEnvironment
    {
        public Variables()
            : base(StringComparer.Ordinal)
        {
        }

        IReadOnlyDictionary<string, string> IEnvironment.Variables => this;
    }
}
