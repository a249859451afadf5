using Microsoft.CodeAnalysis;

namespace MlOps.Build.Analyzers.Tracking;

/// <summary>The calls of ML.NET that answer with how good a model is.</summary>
internal sealed class MetricCalls(MlNetSymbols symbols)
{
    private static readonly string[] Names = ["Evaluate", "EvaluateNonCalibrated", "CrossValidate", "CrossValidateNonCalibrated"];

    private readonly MethodSet methods = symbols
        .Methods("Microsoft.ML.BinaryClassificationCatalog", Names)
        .Add(symbols.Type("Microsoft.ML.MulticlassClassificationCatalog"), Names)
        .Add(symbols.Type("Microsoft.ML.RegressionCatalog"), Names)
        .Add(symbols.Type("Microsoft.ML.RankingCatalog"), Names)
        .Add(symbols.Type("Microsoft.ML.ClusteringCatalog"), Names)
        .Add(symbols.Type("Microsoft.ML.AnomalyDetectionCatalog"), Names)
        .Add(symbols.Type("Microsoft.ML.RecommendationCatalog"), Names);

    public bool Contains(IMethodSymbol method) => methods.Contains(method);
}
