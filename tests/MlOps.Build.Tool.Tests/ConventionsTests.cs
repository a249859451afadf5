using System.Text;
using System.Text.RegularExpressions;
using MlOps.Build.Contracts;

namespace MlOps.Build.Tool.Tests;

/// <summary>What holds for every verb.</summary>
public sealed class ConventionsTests
{
    private const string Project = """
        model: late-flights
        task: binary-classification
        data: { source: data/*.parquet, label: late }
        train: { project: src/Training }
        """;

    [Fact]
    public async Task An_unknown_verb_is_a_usage_problem_and_not_a_page_of_help()
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync("confg");

        Assert.Equal(2, exit);
        Assert.Empty(tool.Output);
        Assert.StartsWith("error MLO2002: 'mlops' was not understood.", tool.Error, StringComparison.Ordinal);
        Assert.InRange(tool.Error.Split('\n').Length, 3, 5);
    }

    [Fact]
    public async Task Without_words_the_help_is_shown()
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync();

        Assert.Equal(0, exit);
        Assert.Contains("config", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_starts_with_an_example_and_ends_with_the_exit_codes()
    {
        using var tool = new ToolFixture();

        await tool.RunAsync("config", "show", "--help");

        Assert.StartsWith("  mlops config show", tool.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("deploy")]
    [InlineData("register")]
    public async Task Help_is_shown_also_where_an_option_is_required(string verb)
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync(verb, "--help");

        Assert.Equal(0, exit);
        Assert.Contains("Exit codes:", tool.Output, StringComparison.Ordinal);
        Assert.Empty(tool.Error);
    }

    [Fact]
    public async Task The_version_is_one_line_of_semantic_version()
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync("--version");

        Assert.Equal(0, exit);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", tool.Output);
    }

    [Fact]
    public async Task Under_json_a_problem_is_a_document_on_stdout_too()
    {
        using var tool = new ToolFixture();

        var exit = await tool.RunAsync("config", "show", "--output", "json");

        var problem = Documents.Parse<ProblemDocument>(Encoding.UTF8.GetBytes(tool.Output), "stdout");
        Assert.Equal((2, 2, "MLO2010"), (exit, problem.ExitCode, problem.Code));
        Assert.StartsWith("error MLO2010:", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_project_is_found_from_a_folder_below()
    {
        using var tool = new ToolFixture();
        tool.Write("mlops.yml", Project);
        Directory.CreateDirectory(Path.Combine(tool.Folder, "src"));

        var exit = await tool.RunAsync("config", "show", "--output", "json");

        var answer = Documents.Parse<ConfigurationAnswer>(Encoding.UTF8.GetBytes(tool.Output), "stdout");
        Assert.Equal(0, exit);
        Assert.Contains(answer.Settings, setting => setting is { Path: "data.label", Value: "late", Line: 3 });
        Assert.Contains(answer.Settings, setting => setting is { Path: "sample.rows", Value: "20000", Line: null });
    }

    [Fact]
    public async Task A_wrong_file_is_named_with_its_place()
    {
        using var tool = new ToolFixture();
        tool.Write("mlops.yml", Project + "\nsampel: { rows: 5 }\n");

        var exit = await tool.RunAsync("config", "validate");

        Assert.Equal(2, exit);
        Assert.Contains("mlops.yml:5:1: error MLO2011: 'sampel' is not a setting.", tool.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'sample'?", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_escapes_what_users_wrote()
    {
        using var tool = new ToolFixture();
        tool.Write("mlops.yml", Project + "\ntags: { team: \"@everyone | `x`\" }\n");

        await tool.RunAsync("config", "show", "--output", "markdown");

        Assert.Contains("@\u2060everyone \\| \\`x\\`", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_output_has_no_colour_even_where_a_build_server_says_it_has()
    {
        using var tool = new ToolFixture { Variables = { ["GITHUB_ACTIONS"] = "true", ["CI"] = "true" } };
        tool.Write("mlops.yml", Project);

        await tool.RunAsync("config", "show");

        Assert.DoesNotContain("\u001b", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_id_has_its_page()
    {
        var root = RepositoryRoot();
        var ids = Directory.EnumerateFiles(Path.Combine(root, "tasks"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"(MLO2[0-9]{3})\"").Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.Ordinal)
            .ToArray();

        Assert.NotEmpty(ids);
        Assert.Empty(ids.Where(id => !File.Exists(Path.Combine(root, "docs", "errors", id + ".md"))).Order(StringComparer.Ordinal));
    }

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
