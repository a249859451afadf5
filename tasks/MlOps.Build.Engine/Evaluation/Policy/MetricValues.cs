using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The values that a metric can have at all; a limit beyond them decides nothing.</summary>
/// <param name="Least">The least value.</param>
/// <param name="Greatest">The greatest value.</param>
internal sealed record MetricValues(double Least, double Greatest)
{
    private static readonly MetricValues Share = new(0, 1);
    private static readonly MetricValues Correlation = new(-1, 1);
    private static readonly MetricValues Loss = new(0, double.PositiveInfinity);
    private static readonly MetricValues Explained = new(double.NegativeInfinity, 1);

    public static MetricValues Of(MetricDefinition metric) => (metric.Name, metric.Task) switch
    {
        ("mcc" or "cohen-kappa" or "gini" or "pearson" or "spearman", _) => Correlation,
        ("log-loss-reduction" or "r2" or "explained-variance", _) => Explained,
        ("log-loss", _) or (_, ModelTask.Regression) => Loss,
        ("brier", ModelTask.MulticlassClassification) => new(0, 2),
        _ when metric.Name.StartsWith("lift@", StringComparison.Ordinal) => Loss,
        _ => Share,
    };
}
