using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Every metric that policies and reports can name.</summary>
public static class MetricCatalogue
{
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

    /// <summary>A metric by its name, or null. What follows an @ is its parameter, such as that of <c>pinball@0.9</c>.</summary>
    public static MetricDefinition? Find(ModelTask task, string name)
        => Known.TryGetValue((task, name), out var metric) ? metric : MetricFamilies.Find(task, name);

    /// <summary>What <see cref="Find"/> knows of a task, families with an example of their parameter.</summary>
    public static IEnumerable<string> Names(ModelTask task) => Of(task).Select(metric => metric.Name).Concat(MetricFamilies.Examples(task)).Distinct();

    /// <summary>The task that a metric belongs to, when it is not the one asked for.</summary>
    public static ModelTask? TaskOf(string name)
        => Known.Keys.Where(key => key.Name == name).Select(key => (ModelTask?)key.Task).FirstOrDefault();
}
