using System.CommandLine;
using System.Text.RegularExpressions;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs;

namespace MlOps.Build.Tool.Tests;

/// <summary>The pages say what the program does.</summary>
public sealed class DocsTests
{
    private static readonly string Root = RepositoryRoot();

    public static TheoryData<string> Verbs => [.. Commands().Select(command => command.Name)];

    [Fact]
    public void Every_verb_has_its_page_and_every_page_its_verb()
    {
        var pages = Directory.GetFiles(Path.Combine(Root, "docs", "verbs"), "*.md").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Commands().Select(command => command.Name).Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal)!);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verbs_page_names_its_subcommands_options_arguments_and_exit_codes(string verb)
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "verbs", verb + ".md"));

        var command = Commands().Single(command => command.Name == verb);
        var words = WithSubcommands(command).SelectMany(part => part.Options.Where(option => !option.Recursive).Select(option => $"`{option.Name}")
            .Concat(part.Arguments.Select(argument => $"`<{argument.Name}>`"))
            .Concat(part.Subcommands.Select(sub => $"`mlops {verb} {sub.Name}")));
        var exits = WithSubcommands(command).OfType<VerbCommand>().Where(part => part.Action is not null)
            .SelectMany(part => part.Exits).Select(exit => $"| {(int)exit} |").Distinct(StringComparer.Ordinal);

        Assert.StartsWith($"# mlops {verb}\n", page, StringComparison.Ordinal);
        Assert.All(words.Concat(exits).Except(["`--help"], StringComparer.Ordinal), word => Assert.Contains(word, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verbs_page_names_no_option_that_it_lacks(string verb)
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "verbs", verb + ".md"));

        var known = WithSubcommands(Commands().Single(command => command.Name == verb)).SelectMany(part => part.Options).Select(option => option.Name)
            .Concat(GlobalOptions.All.Select(option => option.Name));

        Assert.Empty(Regex.Matches(page, @"^\| `(--[a-z-]+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Except(known, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_default_is_the_word_that_a_user_types_in_the_help_and_on_the_page(string verb)
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "verbs", verb + ".md"));

        var helps = await Task.WhenAll(WithSubcommands(Commands().Single(command => command.Name == verb)).Select(DefaultsInHelpOf));

        var inHelp = helps.SelectMany(defaults => defaults).Distinct(StringComparer.Ordinal).ToArray();
        Assert.All(inHelp, word => Assert.Equal(word.ToLowerInvariant(), word));
        Assert.All(helps, defaults => Assert.Contains("text", defaults));
        Assert.Equal(inHelp.Except(["text"], StringComparer.Ordinal).Order(StringComparer.Ordinal), DefaultsIn(page).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--output", "Text", "'Text' is not an output format: text, json or markdown.")]
    [InlineData("--mode", "PR", "'PR' is not a mode: pr or full.")]
    [InlineData("--mode", "0", "'0' is not a mode: pr or full.")]
    public void A_word_that_is_none_is_answered_with_those_that_are(string option, string word, string answer)
        => Assert.Equal([answer], Tree().Parse(["run", option, word]).Errors.Select(error => error.Message));

    [Fact]
    public void Every_command_line_on_a_page_or_in_a_template_is_one()
    {
        var lines = Pages().SelectMany(file => DocsCommandLines.OfPage(Name(file), File.ReadAllText(file))).ToArray();

        Assert.True(lines.Length > 150, $"{lines.Length} command lines were found.");
        var faults = lines.Select(Fault).OfType<string>().ToArray();
        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Every_command_line_in_a_message_is_one()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Root, "tasks"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => DocsCommandLines.OfCode(Name(file), File.ReadAllText(file))).ToArray();

        Assert.True(lines.Length > 30, $"{lines.Length} command lines were found.");
        var faults = lines.Select(Fault).OfType<string>().ToArray();
        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }

    [Theory]
    [InlineData("```\nmlops deploy --environment staging\n```", false)]
    [InlineData("```\nmlops deploy --to staging   # now\n```", true)]
    [InlineData("```\n$ dotnet mlops register\n```", false)]
    [InlineData("Then `mlops register` it.", true)]
    [InlineData("Then `mlops registre` it.", false)]
    [InlineData("Then `mlops register --bootstrap`.", false)]
    [InlineData("Then `mlops run --mode pr|full`.", true)]
    [InlineData("Then `mlops runs show <id>`.", true)]
    public void A_wrong_command_line_is_found(string page, bool isRight)
    {
        var line = Assert.Single(DocsCommandLines.OfPage("page.md", page));

        Assert.Equal(isRight, Fault(line) is null);
    }

    [Fact]
    public void Every_error_that_a_page_names_exists()
    {
        var named = Pages().SelectMany(file => Regex.Matches(File.ReadAllText(file), "MLO2[0-9]{3}").Select(match => (File: Name(file), Id: match.Value)));

        Assert.Empty(named.Where(pair => !File.Exists(Path.Combine(Root, "docs", "errors", pair.Id + ".md"))).Distinct());
    }

    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var broken = Pages().Where(file => Name(file).StartsWith("docs/", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
                .Select(match => (File: file, Link: match.Groups[1].Value)))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.File)!, link.Link)))
            .Select(link => $"{Name(link.File)}: {link.Link}");

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_file_that_the_tour_names_exists()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "how-it-works.md"));

        var named = Regex.Matches(page, @"`((?:tasks|tests|build|docs|templates|analyzers)/[A-Za-z0-9_./-]+)`").Select(match => match.Groups[1].Value).ToArray();

        Assert.True(named.Length > 30);
        Assert.Empty(named.Where(path => !Path.Exists(Path.Combine(Root, path))).Distinct());
    }

    [Fact]
    public async Task The_schema_is_printed_as_it_is_whatever_the_format()
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync("config", "schema", "--output", "markdown");

        Assert.Equal(0, exit);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Root, "docs", "schemas", ConfigurationSchema.FileName), TestContext.Current.CancellationToken), tool.Output);
        Assert.Empty(tool.Error);
    }

    private static string? Fault(DocsCommandLine line)
    {
        var result = Tree().Parse(line.Words);
        var errors = result.Errors.Select(error => error.Message)
            .Where(message => !line.IsMention || !IsMissing(message))
            .ToArray();
        return errors.Length == 0 ? null : $"{line.Place}: mlops {line.Words}: {string.Join(' ', errors)}";
    }

    /// <summary>A sentence that names a verb need not say what it requires.</summary>
    private static bool IsMissing(string message)
        => message.Contains("is required", StringComparison.Ordinal) || message.StartsWith("Required ", StringComparison.Ordinal);

    private static async Task<string[]> DefaultsInHelpOf(Command command)
    {
        using var tool = new ToolFixture();
        var words = command.Parents.OfType<VerbCommand>().Select(parent => parent.Name).Append(command.Name).Append("--help");
        await tool.RunAsync([.. words]);
        return [.. DefaultsIn(Regex.Replace(tool.Output, @"\s+", " "))];
    }

    private static IEnumerable<string> DefaultsIn(string text)
        => Regex.Matches(text, @"\[default: ([^\]]*)\]").Select(match => match.Groups[1].Value);

    private static IEnumerable<Command> Commands() => Tree().Subcommands;

    private static IEnumerable<Command> WithSubcommands(Command command)
        => command.Subcommands.SelectMany(WithSubcommands).Prepend(command);

    private static RootCommand Tree()
    {
        using var world = new ToolFixture();
        return VerbTable.CreateRoot(new ToolHost { Output = TextWriter.Null, Error = TextWriter.Null, Environment = world, WorkingDirectory = world.Folder });
    }

    private static IEnumerable<string> Pages()
        => new[] { "README.md", "CHANGELOG.md", "CONTRIBUTING.md" }.Select(name => Path.Combine(Root, name)).Where(File.Exists)
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "templates"), "*.*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".md" or ".yml")
                .Where(file => !Name(file).Contains("/bin/", StringComparison.Ordinal) && !Name(file).Contains("/obj/", StringComparison.Ordinal)));

    private static string Name(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
