using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Every metric that policies and reports can name.</summary>
public static class MetricCatalogue
{
    private const string PinballPrefix = "pinball@";

    private static readonly Dictionary<(ModelTask Task, string Name), MetricDefinition> Known =
        BinaryMetrics.All.Concat(MulticlassMetrics.All).Concat(RegressionMetrics.All)
            .ToDictionary(metric => (metric.Task, metric.Name));

    /// <summary>The metrics of a task, in the order reports show them.</summary>
    public static IEnumerable<MetricDefinition> Of(ModelTask task) => Known.Values.Where(metric => metric.Task == task);

    /// <summary>The metric a policy judges first when it names none.</summary>
    public static string Primary(ModelTask task) => task switch
    {
        ModelTask.BinaryClassification => "auc",
        ModelTask.MulticlassClassification => "macro-f1",
        _ => "rmse",
    };

    /// <summary>A metric by its name, or null. <c>pinball@0.9</c> names the loss of a quantile.</summary>
    public static MetricDefinition? Find(ModelTask task, string name)
    {
        if (Known.TryGetValue((task, name), out var metric))
        {
            return metric;
        }

        return task == ModelTask.Regression
            && name.StartsWith(PinballPrefix, StringComparison.Ordinal)
            && double.TryParse(name.AsSpan(PinballPrefix.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var quantile)
            && quantile is > 0 and < 1
            ? RegressionMetrics.Pinball(name, quantile)
            : null;
    }

    /// <summary>The task that a metric belongs to, when it is not the one asked for.</summary>
    public static ModelTask? TaskOf(string name)
        => Known.Keys.Where(key => key.Name == name).Select(key => (ModelTask?)key.Task).FirstOrDefault();
}
