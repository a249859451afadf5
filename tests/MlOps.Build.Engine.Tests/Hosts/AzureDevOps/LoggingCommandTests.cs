using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Hosts.AzureDevOps;
using MlOps.Build.Engine.Hosts.Inputs;
using MlOps.Build.Engine.Tests.Registry;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

public class LoggingCommandTests
{
    private readonly AzureWorld world = new();

    [Fact]
    public void What_would_end_a_command_or_begin_another_is_escaped()
    {
        world.Host().Annotate(new(AnnotationLevel.Error, "Too slow", "99 % late\r\n##vso[task.complete]", "a];b%.yml", 12));

        Assert.Equal(
            "##vso[task.logissue type=error;sourcepath=a%5D%3Bb%AZP25.yml;linenumber=12;]Too slow: 99 %AZP25 late%0D%0A##vso[task.complete]",
            Assert.Single(world.Lines));
    }

    [Fact]
    public void A_notice_is_a_line_of_the_log_without_commands()
    {
        world.Host().Annotate(new(AnnotationLevel.Notice, "Note", "one\n##vso[task.complete result=Succeeded]"));

        Assert.Equal(["Note: one", "#\u200B#vso[task.complete result=Succeeded]"], world.Lines);
    }

    [Fact]
    public void An_output_has_the_name_of_task_json_and_is_one_of_the_step()
    {
        world.Host().SetOutput("model-digest", "sha256:ab");

        Assert.Equal("##vso[task.setvariable variable=modelDigest;isOutput=true;]sha256:ab", Assert.Single(world.Lines));
    }

    [Fact]
    public void A_secret_is_masked_line_by_line_and_in_the_forms_it_travels_in()
    {
        world.Host().Mask("a/b\nc?d=");

        Assert.Equal(
            ["##vso[task.setsecret]a/b", "##vso[task.setsecret]c?d=", "##vso[task.setsecret]YS9iCmM/ZD0=", "##vso[task.setsecret]YS9iCmM/ZD0", "##vso[task.setsecret]YS9iCmM_ZD0", "##vso[task.setsecret]a%AZP252Fb%AZP250Ac%AZP253Fd%AZP253D"],
            world.Lines);
    }

    [Fact]
    public void Nothing_is_masked_for_an_empty_secret()
    {
        world.Host().Mask(" \n");

        Assert.Empty(world.Lines);
    }

    [Fact]
    public void A_group_is_one_line_and_ends()
    {
        using (world.Host().Group("train\n##vso[x]"))
        {
            world.Log.WriteLine("inside");
        }

        Assert.Equal(["##[group]train #\u200B#vso[x]", "inside", "##[endgroup]"], world.Lines);
    }

    [Theory]
    [InlineData(HostConclusion.Succeeded, "Succeeded")]
    [InlineData(HostConclusion.SucceededWithIssues, "SucceededWithIssues")]
    [InlineData(HostConclusion.Failed, "Failed")]
    [InlineData(HostConclusion.Cancelled, "Canceled")]
    public void The_last_word_uses_the_words_of_the_agent(HostConclusion conclusion, string word)
    {
        world.Host().Complete(conclusion, "warned");

        Assert.Equal($"##vso[task.complete result={word};]warned", Assert.Single(world.Lines));
    }

    [Fact]
    public async Task A_summary_is_a_file_that_the_agent_uploads()
    {
        using var folder = new TemporaryFolder();
        world.Variables["AGENT_TEMPDIRECTORY"] = folder.Path;

        await world.Host().SummariseAsync("### Über 100 %", TestContext.Current.CancellationToken);

        const string Begin = "##vso[task.uploadsummary]";
        var line = Assert.Single(world.Lines);
        Assert.StartsWith(Begin, line, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, line[Begin.Length..], StringComparison.Ordinal);
        Assert.EndsWith("MlOps.Build.deploy.gate.md", line, StringComparison.Ordinal);
        Assert.Equal("### Über 100 %"u8.ToArray(), await File.ReadAllBytesAsync(line[Begin.Length..], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_report_is_attached_under_a_name_of_its_stage_and_job()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(file, "<p>", TestContext.Current.CancellationToken);

        var report = await world.Host().AttachAsync(new(file, "late/flights é", AttachmentKind.Report), TestContext.Current.CancellationToken);
        var document = await world.Host().AttachAsync(new(file, "verdict", AttachmentKind.Document), TestContext.Current.CancellationToken);

        Assert.True(report.Done && document.Done);
        Assert.Equal(
            [$"##vso[task.addattachment type=mlops-report;name=deploy.gate.late-flights--;]{file}", $"##vso[artifact.upload containerfolder=mlops;artifactname=deploy.gate.verdict;]{file}"],
            world.Lines);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_attached()
    {
        var delivery = await world.Host().AttachAsync(new("none.html", "x", AttachmentKind.Report), TestContext.Current.CancellationToken);

        Assert.False(delivery.Done);
        Assert.Empty(world.Lines);
    }

    [Fact]
    public void An_input_is_read_by_the_name_that_task_json_declares()
    {
        world.Variables["INPUT_ENGINEPATH"] = "  /opt/mlops ";
        world.Variables["INPUT_BASE"] = " ";

        Assert.Equal("/opt/mlops", world.Host().Input(TaskInputs.EnginePath));
        Assert.Null(world.Host().Input(TaskInputs.Base));
        Assert.Null(world.Host().Input(TaskInputs.Run));
    }

    [Fact]
    public void The_host_is_made_where_its_variables_are_set()
        => Assert.IsType<AzureDevOpsHost>(PipelineHosts.Of(null, new Training.FakeEnvironment(world.Variables), new Dictionary<string, string>(), world.Log));
}
