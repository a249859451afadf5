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
    public void Who_gives_one_input_inherits_no_other_of_the_step_but_its_secrets(string host)
    {
        var environment = new Variables
        {
            ["INPUT_BOOTSTRAP"] = "true",
            ["INPUT_ALLOW-ADVISORY"] = "true",
            ["INPUT_ALLOWADVISORY"] = "true",
            ["INPUT_GITHUB-TOKEN"] = "the job's",
            ["INPUT_GITHUBTOKEN"] = "the job's",
            ["INPUT_OTHERS"] = "of another program",
        };

        var given = GivenEnvironment.Of(environment, new Dictionary<string, string>(StringComparer.Ordinal) { ["root"] = string.Empty });
        var server = PipelineHosts.Of(host, given, new Dictionary<string, string>(StringComparer.Ordinal), TextWriter.Null);

        Assert.Null(server.Input(TaskInputs.Bootstrap));
        Assert.Null(server.Input(TaskInputs.AllowAdvisory));
        Assert.Null(server.Input(TaskInputs.Root));
        Assert.Equal("the job's", server.Input(TaskInputs.GithubToken));
        Assert.Equal("of another program", given.Variables["INPUT_OTHERS"]);
    }

    [Theory]
    [InlineData("github")]
    [InlineData("azure-devops")]
    public void Who_gives_none_has_those_of_the_step(string host)
        => Assert.Equal("release", PipelineHosts.Of(host, new Variables { ["INPUT_BASE"] = "release" }, new Dictionary<string, string>(StringComparer.Ordinal), TextWriter.Null).Input(TaskInputs.Base));

    private sealed class Variables : Dictionary<string, string>, IEnvironment
    {
        public Variables()
            : base(StringComparer.Ordinal)
        {
        }

        IReadOnlyDictionary<string, string> IEnvironment.Variables => this;
    }
}
