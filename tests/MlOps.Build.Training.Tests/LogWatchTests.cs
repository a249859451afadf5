using Microsoft.ML.Runtime;

namespace MlOps.Build.Training.Tests;

public sealed class LogWatchTests
{
    private readonly List<string> _messages = [];

    [Fact]
    public void Rows_that_ML_NET_drops_are_counted_once_however_often_it_says_so()
    {
        var watch = new LogWatch(_messages.Add);

        watch.Read(ChannelMessageKind.Warning, "Skipped 71641 instances with missing features during training");
        watch.Read(ChannelMessageKind.Warning, "Skipped 71641 instances with missing features during training");

        Assert.Equal(71641, watch.DroppedRows);
        Assert.Contains("ReplaceMissingValues", Assert.Single(watch.Warnings), StringComparison.Ordinal);
        Assert.Single(_messages);
    }

    [Fact]
    public void The_iteration_that_early_stopping_kept_is_read_from_the_log()
    {
        var watch = new LogWatch(_messages.Add);

        watch.Read(ChannelMessageKind.Info, "Met early stopping, best iteration: 185, best score: 0.4");

        Assert.Equal(185, watch.BestStep);
        Assert.Empty(watch.Warnings);
    }

    [Theory]
    [InlineData(ChannelMessageKind.Trace)]
    [InlineData(ChannelMessageKind.Info)]
    public void Chatter_is_not_passed_on(ChannelMessageKind kind)
    {
        var watch = new LogWatch(_messages.Add);

        watch.Read(kind, "Using 1 thread to train.");

        Assert.Empty(_messages);
        Assert.Empty(watch.Warnings);
    }

    [Fact]
    public void A_trainer_that_warns_for_every_row_does_not_flood_the_record()
    {
        var watch = new LogWatch(_messages.Add);

        for (var row = 0; row < 1000; row++)
        {
            watch.Read(ChannelMessageKind.Warning, $"row {row} is odd");
        }

        Assert.Equal(100, watch.Warnings.Count);
    }
}
