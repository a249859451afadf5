using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs;

namespace MlOps.Build.Tool.Tests.Verbs;

public sealed class VerbTableTests
{
    private static readonly ToolHost Host = new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Environment = new NoEnvironment(),
        WorkingDirectory = Path.GetTempPath(),
    };

    public static TheoryData<string> Names => [.. VerbTable.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_named_verb_is_built_alone_and_bears_its_name(string name)
    {
        var root = VerbTable.CreateRoot(Host, name);

        Assert.Equal([name], root.Subcommands.Select(command => command.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("--help")]
    [InlineData("gat")]
    public void Without_the_name_of_a_verb_all_are_there_for_help_and_suggestions(string? word)
    {
        var root = VerbTable.CreateRoot(Host, word);

        Assert.Equal(VerbTable.Names, root.Subcommands.Select(command => command.Name));
    }

    private sealed class NoEnvironment : Engine.Hosts.IEnvironment
    {
        public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>();
    }
}
