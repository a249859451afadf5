using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

/// <summary>A verdict on an older commit never stands as if it were about the newest: the job that gave it takes it back.</summary>
public sealed class WithdrawnThreadTests
{
    private const string Older = "4f2c9e1d00000000000000000000000000000009";

    private readonly AzureWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_green_thread_of_a_model_that_the_run_left_no_report_of_is_opened_again_and_no_other()
    {
        foreach (var model in (string[])["reported", "left"])
        {
            await SayAsync(model);
        }

        await SayAsync("of another job", job: "other");
        await SayAsync("of another pipeline", pipeline: "43");
        world.Service.AddThread(FakeAzureDevOps.Content(world.Service.Threads[1]), "66666666-6666-6666-6666-666666666666", "closed");
        var before = Texts();

        var withdrawal = await WithdrawAsync("reported");

        Assert.Equal(["left"], withdrawal.Models);
        Assert.Null(withdrawal.Notice);
        Assert.Equal("active", FakeAzureDevOps.Status(world.Service.Threads[1]));
        Assert.EndsWith("nothing is known of left", Texts()[1], StringComparison.Ordinal);
        Assert.Equal(before.Where((_, at) => at != 1), Texts().Where((_, at) => at != 1));
    }

    [Fact]
    public async Task A_verdict_that_follows_goes_into_the_thread_that_was_opened_again()
    {
        await SayAsync("late flights");
        var withdrawn = await WithdrawAsync();

        await SayAsync("late flights", head: FakeAzureDevOps.Head, minutes: 2);

        Assert.Single(withdrawn.Models);
        Assert.Equal("closed", FakeAzureDevOps.Status(Assert.Single(world.Service.Threads)));
    }

    [Fact]
    public async Task A_name_that_cannot_stand_in_a_marker_is_known_again()
    {
        await SayAsync("late flights");

        Assert.Empty((await WithdrawAsync("late flights")).Models);
    }

    [Fact]
    public async Task A_verdict_on_this_very_commit_by_a_later_run_is_not_taken_back()
    {
        await SayAsync("left", head: FakeAzureDevOps.Head, minutes: 5);

        Assert.Empty((await WithdrawAsync()).Models);
        Assert.Equal("closed", FakeAzureDevOps.Status(Assert.Single(world.Service.Threads)));
    }

    [Fact]
    public async Task A_head_that_has_moved_takes_nothing_back()
    {
        await SayAsync("left");
        world.Service.HeadNow = "4f2c9e1d00000000000000000000000000000002";

        Assert.Empty((await WithdrawAsync()).Models);
    }

    [Fact]
    public async Task Where_no_thread_stands_none_is_made()
    {
        Assert.Empty((await WithdrawAsync()).Models);
        Assert.DoesNotContain(world.Service.Calls, call => !call.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_names_no_pipeline_takes_nothing_back()
    {
        world.Variables.Remove("SYSTEM_DEFINITIONID");
        await SayAsync("left");

        Assert.Empty((await WithdrawAsync()).Models);
    }

    [Fact]
    public async Task A_refusal_is_said_and_fails_nothing()
    {
        world.Variables["SYSTEM_PULLREQUEST_ISFORK"] = "True";

        var withdrawal = await WithdrawAsync();

        Assert.Empty(withdrawal.Models);
        Assert.Contains("fork", withdrawal.Notice, StringComparison.Ordinal);
    }

    /// <summary>Says that a model passes, on an older commit where no other is named.</summary>
    private async Task SayAsync(string model, string head = Older, int minutes = 0, string job = "gate", string? pipeline = null)
    {
        var (ownJob, ownPipeline) = (world.Variables["SYSTEM_JOBNAME"], world.Variables.GetValueOrDefault("SYSTEM_DEFINITIONID"));
        (world.Variables["SYSTEM_JOBNAME"], world.Service.HeadNow) = (job, head);
        if (pipeline is not null)
        {
            world.Variables["SYSTEM_DEFINITIONID"] = pipeline;
        }

        Assert.True((await world.Host().CommentAsync(AzureWorld.Comment(model: model, head: head, minutes: minutes), Token)).Done);
        (world.Variables["SYSTEM_JOBNAME"], world.Service.HeadNow) = (ownJob, FakeAzureDevOps.Head);
        if (ownPipeline is not null)
        {
            world.Variables["SYSTEM_DEFINITIONID"] = ownPipeline;
        }
    }

    private Task<Withdrawal> WithdrawAsync(params string[] kept) => world.Host().WithdrawAsync(
        kept.ToHashSet(StringComparer.Ordinal),
        model => AzureWorld.Comment("not-judged", model, minutes: 1, text: $"nothing is known of {model}") with { NeedsAction = true },
        Token);

    private string[] Texts() => [.. world.Service.Threads.Select(FakeAzureDevOps.Content)];
}
