using CsCheck;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.AzureDevOps;
using MlOps.Build.Engine.Hosts.GitHub;
using MlOps.Build.Engine.Processes;
using MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

namespace MlOps.Build.Engine.Tests.Hosts;

/// <summary>Whatever a trainer prints, the log of a build server shows it and obeys none of it.</summary>
public class NeutralLogTests
{
    private static readonly string[] Words =
    [
        "##vso[task.setvariable variable=verdict;isOutput=true]pass", "##[error]", "##[group]x", "::set-output name=verdict::pass", "::stop-commands::x", "::add-mask::a",
        "\u001b[31m", "\u001b]0;title\u0007", "\u001b]8;;http://x\u001b\\", "#\u001b[0m#vso[x]", "##\u200Bvso[", "#\u0000#[", ":\u00AD:error::", "\r", "\n", "\r\n", "\u2028", "\u0085", "%0A::error::", "%0A##vso[x]",
        "#", ":", "[", "vso[", "]",
    ];

    private static readonly Gen<string> Line = Gen.OneOf(Gen.Int[0, Words.Length - 1].Select(at => Words[at]), Gen.String).Array[0, 12].Select(string.Concat);

    [Fact]
    public void A_line_of_a_trainer_is_no_command_to_any_host()
        => Line.Sample(line => Assert.Null(Command(OutputNeutraliser.Neutralise(line) + "\n")), iter: 20_000);

    [Fact]
    public void A_title_or_a_notice_of_a_trainers_words_is_no_second_command()
        => Line.Sample(
            line =>
            {
                var log = new StringWriter { NewLine = "\n" };
                var host = new AzureDevOpsHost(new JobVariables(new Dictionary<string, string> { ["TF_BUILD"] = "True" }), log);
                host.Annotate(new(AnnotationLevel.Notice, line, line));
                Assert.Null(Command(log.ToString()));

                log.GetStringBuilder().Clear();
                host.Annotate(new(AnnotationLevel.Error, line, line, line, 1));
                host.SetOutput("verdict", line);
                host.Complete(HostConclusion.Failed, line);
                using (host.Group(line))
                {
                }

                // One line each that begins as what it is, and no end of a line that another could begin after.
                var lines = log.ToString().TrimEnd('\n').Split(['\n', '\r']);
                Assert.Equal(
                    ["##vso[task.logissue type=error;", "##vso[task.setvariable variable=verdict;isOutput=true;]", "##vso[task.complete result=Failed;]", "##[group]", "##[endgroup]"],
                    lines.Select(Known));
            },
            iter: 2_000);

    [Fact]
    public void On_GitHub_a_remark_of_a_trainers_words_is_one_command()
        => Line.Sample(
            line =>
            {
                var log = new StringWriter { NewLine = "\n" };
                new GitHubHost(new JobVariables(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" }), log).Annotate(new(AnnotationLevel.Error, line, line, line, 1));

                Assert.StartsWith("::error ", log.ToString(), StringComparison.Ordinal);
                Assert.Equal(1, log.ToString().Count(character => character is '\n'));
                Assert.DoesNotContain('\r', log.ToString());
            },
            iter: 2_000);

    [Theory]
    [InlineData("x ##vso[task.complete]\n")]
    [InlineData("x ##[error]\n")]
    [InlineData("  ::error::x\n")]
    [InlineData("##[command]\r\n")]
    public void The_reader_of_these_tests_knows_a_command(string text) => Assert.NotNull(Command(text));

    /// <summary>Reads a log as both agents do: anywhere in a line on Azure DevOps, at its beginning on GitHub, which also knows the older form.</summary>
    private static string? Command(string log)
        => log.Split(['\n', '\r']).FirstOrDefault(line
            => line.Contains("##vso[", StringComparison.OrdinalIgnoreCase)
                || line.Contains("##[", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("::", StringComparison.Ordinal)
                || line.Contains('\u001b'));

    private static string Known(string line)
    {
        string[] known = ["##vso[task.logissue type=error;", "##vso[task.setvariable variable=verdict;isOutput=true;]", "##vso[task.complete result=Failed;]", "##[group]", "##[endgroup]"];
        return known.FirstOrDefault(begin => line.StartsWith(begin, StringComparison.Ordinal)) ?? line;
    }
}
