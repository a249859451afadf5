using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.CodeFixes.Tracking;

/// <summary>The one metric of each kind of task that is logged first; the name is that of <c>mlops evaluate</c> where it has one.</summary>
internal static class LeadingMetric
{
    /// <summary>Null for what has no single number, such as the gains of a ranking at each position.</summary>
    public static (string Name, string Member)? Of(ITypeSymbol? metrics) =>
        metrics is not { ContainingNamespace: { Name: "Data", ContainingNamespace: { Name: "ML", ContainingNamespace.Name: "Microsoft" } } } ? null
        : metrics.Name switch
        {
            "BinaryClassificationMetrics" or "CalibratedBinaryClassificationMetrics" or "AnomalyDetectionMetrics" => ("auc", "AreaUnderRocCurve"),
            "MulticlassClassificationMetrics" => ("log-loss", "LogLoss"),
            "RegressionMetrics" => ("rmse", "RootMeanSquaredError"),
            "ClusteringMetrics" => ("average-distance", "AverageDistance"),
            _ => null,
        };
}
