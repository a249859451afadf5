using System.CommandLine;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Tests.Hosts.GitHub;
using MlOps.Build.Tool.Application;
using MlOps.Build.Tool.Verbs.Ci;

namespace MlOps.Build.Tool.Tests.Verbs.Ci;

/// <summary>Whatever ends a run, the host shows it, and whoever called hears of the same thing.</summary>
public sealed class CiGuardTests : IDisposable
{
    private readonly ToolFixture tool = new();
    private readonly RecordingHost host = new();
    private readonly CancellationTokenSource cancellation = new();
    private readonly StringWriter error = new();
    private readonly VerbContext project;

    public CiGuardTests()
    {
        tool.Write("mlops.yml", "model: late-visits\n");
        project = new(new RootCommand().Parse([]), new ToolHost
        {
            Output = TextWriter.Null,
            Error = error,
            Environment = tool,
            WorkingDirectory = tool.Folder,
            Time = new SkippingTime(DateTimeOffset.UnixEpoch),
        });
    }

    public void Dispose()
    {
        error.Dispose();
        cancellation.Dispose();
        tool.Dispose();
    }

    [Fact]
    public async Task A_bug_is_in_the_comment_the_summary_and_the_status_without_its_message()
    {
        var bug = new FormatException("The input string 'Maria Musterfrau' was not in a correct format.");

        var thrown = await EndsWithAsync(() => throw bug);

        Assert.Same(bug, thrown);
        Assert.Equal(["comment running", "annotation Not judged: MLO2985", "summary", "comment not-judged", "status Error mlops/advice (late-visits)"], host.Said);
        Assert.All(host.Texts, text => Assert.DoesNotContain("Musterfrau", text, StringComparison.Ordinal));
        Assert.Contains("FormatException", host.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_named()
    {
        var full = new IOException("No space left on device");

        Assert.Same(full, await EndsWithAsync(() => throw full));

        Assert.Contains("No space left on device", host.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_host_does_not_take_changes_neither_the_end_nor_what_else_is_said()
    {
        var problem = new ProblemException(new("MLO2411", "The data breaks its contract.", "Why.", "Fix."));
        host.Refuses = "summary";

        var thrown = await EndsWithAsync(() => throw problem);

        Assert.Same(problem, thrown);
        Assert.Equal(["comment running", "annotation Not judged: MLO2411", "summary", "comment not-judged", "status Error mlops/advice (late-visits)"], host.Said);
        Assert.Contains("warning: The host was not told how the run ended: no room", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_looks_at_no_token_does_not_keep_the_last_words_back()
    {
        var never = new TaskCompletionSource<int>();

        var thrown = await EndsWithAsync(async () =>
        {
            await cancellation.CancelAsync();
            return await never.Task;
        });

        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
        Assert.Equal(["comment running", "summary", "comment not-judged, only in place of another", "status Error mlops/advice (late-visits)"], host.Said);
    }

    [Fact]
    public async Task A_program_that_the_same_signal_has_struck_is_no_problem_of_its_own()
    {
        var thrown = await EndsWithAsync(async () =>
        {
            await cancellation.CancelAsync();
            throw new ProblemException(new("MLO2201", "git ended with -1.", "Why.", "Fix."));
        });

        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
        Assert.Contains("MLO2923", host.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_timed_out_is_no_cancellation()
    {
        var thrown = await EndsWithAsync(() => throw new TaskCanceledException("The request was canceled due to the configured timeout."));

        Assert.IsType<TaskCanceledException>(thrown);
        Assert.Contains("MLO2985", host.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_while_the_first_notice_is_on_its_way_it_is_taken_back()
    {
        host.OnComment = () => cancellation.Cancel();

        Assert.IsAssignableFrom<OperationCanceledException>(await EndsWithAsync(() => Task.FromResult(1)));

        Assert.Equal("comment not-judged, only in place of another", host.Said.Last(said => said.StartsWith("comment", StringComparison.Ordinal)));
    }

    private async Task<Exception?> EndsWithAsync(Func<Task<int>> work)
        => await Record.ExceptionAsync(() => CiGuard.AroundAsync(project, host, announce: true, work, cancellation.Token));
}
