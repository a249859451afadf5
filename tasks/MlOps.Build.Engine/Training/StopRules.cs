using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Training;

/// <summary>Decides from the events of a training whether it should go on.</summary>
public sealed class StopRules(StopConfiguration configuration)
{
    /// <summary>A loss this many times as large as its first value has left the path for good.</summary>
    public const double Explosion = 1000;

    private readonly Dictionary<string, double> _first = [];
    private string? _watched;
    private double? _best;
    private int _stepsWithoutProgress;

    /// <summary>Takes in an event and says why to stop, or null to go on.</summary>
    public StopReason? Observe(TrainingEvent trainingEvent)
    {
        if (trainingEvent.Metric is not { } metric)
        {
            return null;
        }

        if (configuration.Diverged && IsDiverged(metric, trainingEvent.Value))
        {
            return StopReason.Diverged;
        }

        return trainingEvent.Value is { } value && IsWatched(metric) ? Progress(metric, value) : null;
    }

    /// <summary>Whether less is better: true for what is called a loss, an error or a distance.</summary>
    public static bool IsLowerBetter(string metric)
        => LowerIsBetter.Any(word => metric.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] LowerIsBetter =
        ["loss", "error", "rmse", "mae", "mse", "brier", "ece", "deviance", "perplexity", "entropy", "mape"];

    private bool IsDiverged(string metric, double? value)
    {
        if (value is not { } number)
        {
            return true;
        }

        if (_first.TryAdd(metric, number))
        {
            return false;
        }

        return IsLowerBetter(metric) && Math.Abs(number) > Explosion * Math.Max(1, Math.Abs(_first[metric]));
    }

    /// <summary>The first validation metric counts; as long as there is none, the first metric.</summary>
    private bool IsWatched(string metric)
    {
        if (_watched is null || (IsValidation(metric) && !IsValidation(_watched)))
        {
            (_watched, _best, _stepsWithoutProgress) = (metric, null, 0);
        }

        return metric == _watched;
    }

    private static bool IsValidation(string metric) => metric.StartsWith("val", StringComparison.OrdinalIgnoreCase);

    private StopReason? Progress(string metric, double value)
    {
        var sign = IsLowerBetter(metric) ? -1 : 1;
        if (configuration.Target is { } target && sign * value >= sign * target)
        {
            return StopReason.TargetReached;
        }

        if (_best is not { } best || sign * value > sign * best)
        {
            (_best, _stepsWithoutProgress) = (value, 0);
            return null;
        }

        _stepsWithoutProgress++;
        return _stepsWithoutProgress >= configuration.Patience ? StopReason.NoProgress : null;
    }
}
