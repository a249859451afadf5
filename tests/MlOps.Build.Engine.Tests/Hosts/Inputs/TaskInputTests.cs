using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts.GitHub;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Hosts.Local;
using MlOps.Build.Engine.Tests.Training;

namespace MlOps.Build.Engine.Tests.Hosts.Inputs;

public sealed class TaskInputTests
{
    private static readonly FakeEnvironment Nothing = new(new Dictionary<string, string>(StringComparer.Ordinal));

    public static TheoryData<string> Commands => [.. TaskCommands.All.Select(command => command.Name)];

    [Fact]
    public void Without_inputs_a_pull_request_gets_the_defaults_of_the_catalog()
    {
        var inputs = PrInputs.Of(Local());

        Assert.Equal(new PrInputs(null, null, Advisory: false, CommentInput.Always, null), inputs);
    }

    [Fact]
    public void What_is_given_is_read_as_what_it_is()
    {
        var inputs = DeployInputs.Of(Local("environment= production ", "approval-source=lock-file", "require-digest-in-comment=True"));

        Assert.Equal("production", inputs.Environment);
        Assert.Equal(ApprovalSourceInput.LockFile, inputs.ApprovalSource);
        Assert.True(inputs.RequireDigestInComment);
    }

    [Fact]
    public void An_input_that_is_missing_is_named_as_every_host_spells_it()
    {
        var problem = Assert.Throws<ProblemException>(() => DeployInputs.Of(Local("environment= "))).Problem;

        Assert.Equal(("MLO2905", ExitCode.Usage), (problem.Code, problem.Exit));
        Assert.Contains("'environment'", problem.What, StringComparison.Ordinal);
        Assert.Contains("`--input environment=...`", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comment=sometimes", "'sometimes' is none of always, on-change, on-failure, never.")]
    [InlineData("comment=Always", "'Always' is none of always, on-change, on-failure, never.")]
    [InlineData("advisory=yes", "'yes' is neither true nor false.")]
    public void A_value_that_is_none_is_answered_with_those_that_are(string word, string why)
    {
        var problem = Assert.Throws<ProblemException>(() => PrInputs.Of(Local(word))).Problem;

        Assert.Equal("MLO2905", problem.Code);
        Assert.Equal(why, problem.Why);
    }

    [Theory]
    [InlineData("enviroment=x", "Did you mean 'environment'?")]
    [InlineData("Base=x", "Did you mean 'base'?")]
    [InlineData("require-digest=x", "Known are: root, base,")]
    public void A_name_that_is_none_is_answered_with_the_one_that_was_meant(string word, string why)
    {
        var problem = Assert.Throws<ProblemException>(() => GivenInputs.Of([word])).Problem;

        Assert.Equal(("MLO2904", ExitCode.Usage), (problem.Code, problem.Exit));
        Assert.StartsWith(why, problem.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("=main")]
    public void Without_a_name_and_a_value_it_is_none(string word)
        => Assert.Equal("MLO2002", Assert.Throws<ProblemException>(() => GivenInputs.Of([word])).Problem.Code);

    [Fact]
    public void The_last_of_two_values_counts_and_a_value_may_hold_equals_signs()
        => Assert.Equal("a=b", Assert.Single(GivenInputs.Of(["base=main", "base=a=b"])).Value);

    [Fact]
    public void An_input_is_found_under_the_variable_of_its_host()
    {
        Assert.Equal("INPUT_REQUIRE-DIGEST-IN-COMMENT", TaskInputs.RequireDigestInComment.GitHubVariable);
        Assert.Equal("INPUT_REQUIREDIGESTINCOMMENT", TaskInputs.RequireDigestInComment.AzureVariable);
        Assert.Equal("requireDigestInComment", TaskInputs.RequireDigestInComment.AzureName);

        var host = new GitHubHost(new FakeEnvironment(new Dictionary<string, string>(StringComparer.Ordinal) { ["INPUT_LOCK-FILE"] = " a.json ", ["INPUT_APPROVALSOURCE"] = "host" }), TextWriter.Null);
        Assert.Equal("a.json", host.Input(TaskInputs.LockFile));
        Assert.Equal("host", host.Input(TaskInputs.ApprovalSource));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_record_of_what_it_reads(string name)
    {
        var command = TaskCommands.All.Single(command => command.Name == name);

        var record = typeof(PrInputs).Assembly.GetType($"{typeof(PrInputs).Namespace}.{name}Inputs", throwOnError: false, ignoreCase: true);

        Assert.NotNull(record);
        var read = record.GetConstructors().Single(constructor => constructor.GetParameters().All(parameter => parameter.ParameterType != record)).GetParameters().Select(parameter => parameter.Name!.ToUpperInvariant());
        Assert.Empty(read.Except(command.Inputs.Select(input => input.AzureName.ToUpperInvariant()), StringComparer.Ordinal));
        Assert.Contains("ROOT", read);
    }

    private static LocalHost Local(params string[] words) => new(Nothing, GivenInputs.Of(words), TextWriter.Null);
}
