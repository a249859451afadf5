using System.Text;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.GitHub;

namespace MlOps.Build.Engine.Tests.Hosts.GitHub;

public sealed class RunnerTests : IDisposable
{
    private readonly GitHubWorld world = new();

    [Fact]
    public void A_secret_is_masked_at_once_and_not_when_the_step_ends()
    {
        using var stream = new MemoryStream();
        using var stdout = new StreamWriter(stream);
        var host = new GitHubHost(world, stdout);

        host.Mask("ghs_minted");

        Assert.StartsWith("::add-mask::ghs_minted", System.Text.Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_of_one_line_is_an_assignment()
    {
        world.Host().SetOutput("verdict", "pass");

        Assert.Equal("verdict=pass\n", world.Output);
    }

    [Fact]
    public void An_output_of_several_lines_cannot_set_another()
    {
        const string Value = "one\nmodel-digest=sha256:evil\nverdict<<EOF\nEOF\n";

        world.Host().SetOutput("text", Value);

        var delimiter = world.Output.Split('\n')[0]["text<<".Length..];
        Assert.Equal(38, delimiter.Length);
        Assert.Equal($"text<<{delimiter}\n{Value}\n{delimiter}\n", world.Output);
    }

    [Fact]
    public void A_delimiter_that_the_value_holds_is_drawn_again()
    {
        var draws = new Queue<string>(["1", "2"]);

        Assert.Equal("x<<mlops_2\na\nmlops_1\nmlops_2\n", RunnerFiles.Assignment("x", "a\nmlops_1", draws.Dequeue));
    }

    [Fact]
    public void A_secret_is_masked_in_the_forms_it_turns_up_in()
    {
        world.Host().Mask("p>?%\nq");

        Assert.Equal(
            "::add-mask::p>?%25%0Aq\n::add-mask::cD4/JQpx\n::add-mask::cD4_JQpx\n::add-mask::p%253E%253F%2525%250Aq\n",
            world.Commands.ToString());
    }

    [Fact]
    public void An_empty_secret_masks_nothing()
    {
        world.Host().Mask("  ");

        Assert.Empty(world.Commands.ToString());
    }

    [Fact]
    public void An_annotation_cannot_become_another_command()
    {
        world.Host().Annotate(new(AnnotationLevel.Error, "a:b,c", "x\n::set-output name=y::z", "mlops.yml", 31));

        Assert.Equal("::error file=mlops.yml,line=31,title=a%3Ab%2Cc::x%0A::set-output name=y::z\n", world.Commands.ToString());
    }

    [Fact]
    public async Task A_summary_is_appended()
    {
        var host = world.Host();

        await host.SummariseAsync("one", TestContext.Current.CancellationToken);
        await host.SummariseAsync("two", TestContext.Current.CancellationToken);

        Assert.Equal("one\ntwo\n", world.Summary);
    }

    [Fact]
    public async Task A_summary_of_more_than_a_mebibyte_is_a_word_about_where_the_report_is()
    {
        var host = world.Host();

        await host.SummariseAsync(new string('é', 300_000), TestContext.Current.CancellationToken);
        await host.SummariseAsync(new string('é', 300_000), TestContext.Current.CancellationToken);

        Assert.EndsWith("\nThe report is longer than a job summary may be: it is in the output `report-path`.\n", world.Summary);
        Assert.InRange(Encoding.UTF8.GetByteCount(world.Summary), 600_000, 1024 * 1024);
    }

    public void Dispose() => world.Dispose();
}
