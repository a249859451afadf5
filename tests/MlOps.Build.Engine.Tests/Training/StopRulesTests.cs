using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Tests.Training;

public class StopRulesTests
{
    [Fact]
    public void A_metric_that_is_not_finite_means_divergence()
        => Assert.Equal(StopReason.Diverged, Observe(new StopConfiguration(), ("auc", 0.7), ("auc", null)));

    [Fact]
    public void A_loss_that_explodes_means_divergence()
        => Assert.Equal(StopReason.Diverged, Observe(new StopConfiguration(), ("loss", 2), ("loss", 2001)));

    [Theory]
    [InlineData("loss", 2.0, 1999.0)]
    [InlineData("rows", 2.0, 1e9)]
    [InlineData("loss", 1e6, 1e8)]
    public void A_value_that_is_merely_large_does_not(string metric, double first, double second)
        => Assert.Null(Observe(new StopConfiguration(), (metric, first), (metric, second)));

    [Fact]
    public void Divergence_is_passed_over_where_it_is_switched_off()
        => Assert.Null(Observe(new StopConfiguration { Diverged = false }, ("loss", null), ("loss", 1e9)));

    [Fact]
    public void Patience_counts_steps_without_a_better_value()
    {
        var patience = new StopConfiguration { Patience = 2 };

        Assert.Null(Observe(patience, ("auc", 0.7), ("auc", 0.7), ("auc", 0.71), ("auc", 0.7)));
        Assert.Equal(StopReason.NoProgress, Observe(patience, ("auc", 0.7), ("auc", 0.7), ("auc", 0.69)));
    }

    [Fact]
    public void A_loss_makes_progress_by_falling()
    {
        var patience = new StopConfiguration { Patience = 1 };

        Assert.Null(Observe(patience, ("log-loss", 0.7), ("log-loss", 0.6), ("log-loss", 0.5)));
        Assert.Equal(StopReason.NoProgress, Observe(patience, ("log-loss", 0.7), ("log-loss", 0.8)));
    }

    [Theory]
    [InlineData("auc", 0.8)]
    [InlineData("rmse", 0.6)]
    public void A_target_that_is_reached_ends_the_training(string metric, double value)
        => Assert.Equal(StopReason.TargetReached, Observe(new StopConfiguration { Target = 0.7 }, (metric, value)));

    [Fact]
    public void The_validation_metric_decides_as_soon_as_there_is_one()
    {
        var patience = new StopConfiguration { Patience = 2 };

        var reason = Observe(
            patience, ("train-auc", 0.9), ("validation-auc", 0.6), ("train-auc", 0.8), ("validation-auc", 0.7), ("train-auc", 0.7));

        Assert.Null(reason);
    }

    [Fact]
    public void A_message_changes_nothing()
        => Assert.Null(new StopRules(new StopConfiguration { Patience = 0 }).Observe(new TrainingEvent { Message = "hello" }));

    private static StopReason? Observe(StopConfiguration configuration, params (string Metric, double? Value)[] events)
    {
        var rules = new StopRules(configuration);
        return events
            .Select((item, index) => rules.Observe(new TrainingEvent { Step = index + 1, Metric = item.Metric, Value = item.Value }))
            .FirstOrDefault(reason => reason is not null);
    }
}
