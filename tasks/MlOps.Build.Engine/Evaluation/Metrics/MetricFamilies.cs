using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Metrics with a number of their own: <c>f-beta@2</c>, <c>lift@0.1</c>, <c>ece@15</c>, <c>top-k@3</c>, <c>pinball@0.9</c>.</summary>
internal static class MetricFamilies
{
    private static readonly Family[] All =
    [
        new(ModelTask.BinaryClassification, "f-beta", "2", value => value is > 0 and <= 100, BinaryMetrics.FBeta),
        new(ModelTask.BinaryClassification, "lift", "0.1", value => value is > 0 and <= 1, BinaryMetrics.Lift),
        new(ModelTask.BinaryClassification, "ece", "15", IsCountOfBins, (name, bins) => BinaryMetrics.CalibrationError(name, (int)bins)),
        new(ModelTask.MulticlassClassification, "top-k", "2", value => value >= 1 && value == Math.Floor(value), (name, k) => MulticlassMetrics.Top(name, (int)k)),
        new(ModelTask.Regression, "pinball", "0.9", value => value is > 0 and < 1, RegressionMetrics.Pinball),
    ];

    public static MetricDefinition? Find(ModelTask task, string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && Array.Find(All, family => family.Task == task && name.AsSpan(0, at).SequenceEqual(family.Name)) is { } family
            && double.TryParse(name.AsSpan(at + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parameter)
            && family.Allows(parameter)
            ? family.Create(name, parameter)
            : null;
    }

    public static IEnumerable<string> Examples(ModelTask task)
        => All.Where(family => family.Task == task).Select(family => $"{family.Name}@{family.Example}");

    private static bool IsCountOfBins(double value) => value is >= 2 and <= 1000 && value == Math.Floor(value);

    private sealed record Family(
        ModelTask Task, string Name, string Example, Predicate<double> Allows, Func<string, double, MetricDefinition> Create);
}
