using System.Net;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Tests.Hosts.AzureDevOps;

public class ThreadTests
{
    private readonly AzureWorld world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<Delivery> WriteAsync(StickyComment comment) => world.Host().CommentAsync(comment, Token);

    [Theory]
    [InlineData("pass", "closed")]
    [InlineData("fail", "active")]
    public async Task A_new_thread_holds_a_merge_up_only_when_something_is_to_do(string verdict, string status)
    {
        var delivery = await WriteAsync(AzureWorld.Comment(verdict));

        Assert.Equal(Delivery.Ok, delivery);
        var thread = Assert.Single(world.Service.Threads);
        Assert.Equal(status, FakeAzureDevOps.Status(thread));
        Assert.StartsWith("[//]: # (mlops v=1 model=late-flights ", FakeAzureDevOps.Content(thread), StringComparison.Ordinal);
        Assert.EndsWith(")\n\n### passed", FakeAzureDevOps.Content(thread), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_run_writes_into_the_same_thread_and_opens_it_when_the_verdict_changed()
    {
        await WriteAsync(AzureWorld.Comment());

        await WriteAsync(AzureWorld.Comment("fail", minutes: 1, text: "### blocked"));

        var thread = Assert.Single(world.Service.Threads);
        Assert.Equal("active", FakeAzureDevOps.Status(thread));
        Assert.EndsWith("### blocked", FakeAzureDevOps.Content(thread), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_a_person_set_stays_while_the_verdict_does()
    {
        await WriteAsync(AzureWorld.Comment("fail"));
        world.Service.Threads[0]["status"] = "wontFix";

        await WriteAsync(AzureWorld.Comment("fail", minutes: 1, text: "### still blocked"));

        Assert.Equal("wontFix", FakeAzureDevOps.Status(world.Service.Threads[0]));
        Assert.EndsWith("### still blocked", FakeAzureDevOps.Content(world.Service.Threads[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_models_have_a_thread_each_also_with_names_that_look_alike()
    {
        string[] models = ["late-flights", "late flights", "late)flights", "late-flights2"];
        foreach (var model in models.Concat(models))
        {
            Assert.True((await WriteAsync(AzureWorld.Comment(model: model, text: model))).Done);
        }

        Assert.Equal(models, world.Service.Threads.Select(thread => FakeAzureDevOps.Content(thread).Split("\n\n")[1]));
    }

    [Fact]
    public async Task An_older_run_does_not_write_over_a_newer_one_of_the_same_commit()
    {
        await WriteAsync(AzureWorld.Comment("fail", minutes: 1));

        var delivery = await WriteAsync(AzureWorld.Comment());

        Assert.False(delivery.Done);
        Assert.Contains("newer run", delivery.Notice, StringComparison.Ordinal);
        Assert.Equal("active", FakeAzureDevOps.Status(world.Service.Threads[0]));
    }

    [Fact]
    public async Task A_notice_that_a_newer_run_has_begun_does_not_silence_an_older_verdict_of_the_same_commit()
    {
        await WriteAsync(AzureWorld.Comment("running", minutes: 1, text: "### judging"));

        var delivery = await WriteAsync(AzureWorld.Comment("fail", text: "### blocked"));

        Assert.True(delivery.Done, delivery.Notice);
        Assert.EndsWith("### blocked", FakeAzureDevOps.Content(Assert.Single(world.Service.Threads)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_when_the_head_has_moved()
    {
        world.Service.HeadNow = "4f2c9e1d00000000000000000000000000000002";

        var delivery = await WriteAsync(AzureWorld.Comment());

        Assert.Contains("newer commit", delivery.Notice, StringComparison.Ordinal);
        Assert.Empty(world.Service.Threads);
    }

    [Fact]
    public async Task A_deleted_thread_is_written_again_only_for_another_verdict()
    {
        await WriteAsync(AzureWorld.Comment());
        var comment = world.Service.Threads[0]["comments"]![0]!;
        comment["isDeleted"] = true;
        comment.AsObject().Remove("content");

        var same = await WriteAsync(AzureWorld.Comment(minutes: 1));
        var other = await WriteAsync(AzureWorld.Comment("fail", minutes: 2));

        Assert.Contains("A person deleted", same.Notice, StringComparison.Ordinal);
        Assert.True(other.Done);
        Assert.Equal(2, world.Service.Threads.Count);
    }

    [Fact]
    public async Task A_marker_of_somebody_else_and_one_from_the_future_silence_nobody()
    {
        await WriteAsync(AzureWorld.Comment("fail"));
        var forged = FakeAzureDevOps.Content(world.Service.Threads[0]).Replace("2026-11", "2036-11", StringComparison.Ordinal);
        world.Service.Threads.Clear();
        world.Service.AddThread(forged, "66666666-6666-6666-6666-666666666666");
        world.Service.AddThread(forged, FakeAzureDevOps.Me);

        Assert.True((await WriteAsync(AzureWorld.Comment())).Done);

        Assert.Equal(3, world.Service.Threads.Count);
    }

    [Fact]
    public async Task Who_does_not_know_its_own_name_takes_no_thread_for_its_own()
    {
        await WriteAsync(AzureWorld.Comment());
        var marked = FakeAzureDevOps.Content(world.Service.Threads[0]);
        world.Service.Threads.Clear();
        world.Service.AddThread(marked, "66666666-6666-6666-6666-666666666666");
        world.Service.Fail("GET", HttpStatusCode.OK, """{"authenticatedUser":{}}""");

        Assert.True((await WriteAsync(AzureWorld.Comment("fail", minutes: 1))).Done);

        Assert.Equal(2, world.Service.Threads.Count);
        Assert.Equal(marked, FakeAzureDevOps.Content(world.Service.Threads[0]));
    }

    [Fact]
    public async Task Of_two_threads_that_two_runs_made_at_once_one_stays()
    {
        await WriteAsync(AzureWorld.Comment());
        var twin = world.Service.AddThread(FakeAzureDevOps.Content(world.Service.Threads[0]), FakeAzureDevOps.Me);

        await WriteAsync(AzureWorld.Comment(minutes: 1));

        Assert.True(twin["comments"]![0]!["isDeleted"]!.GetValue<bool>());
        Assert.Contains("12:01:00", FakeAzureDevOps.Content(world.Service.Threads[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_that_judging_has_begun_makes_no_thread_of_its_own()
    {
        var delivery = await WriteAsync(AzureWorld.Comment() with { ReplaceOnly = true });

        Assert.Equal(new(false, null), delivery);
        Assert.Empty(world.Service.Threads);
    }

    [Fact]
    public async Task A_thread_that_was_made_although_the_server_failed_is_not_made_twice()
    {
        world.Service.Fail("POST", HttpStatusCode.BadGateway, afterDoing: true);

        Assert.True((await WriteAsync(AzureWorld.Comment())).Done);

        Assert.Single(world.Service.Threads);
    }
}
