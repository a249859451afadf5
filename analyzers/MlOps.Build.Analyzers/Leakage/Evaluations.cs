using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>Calls that judge a supervised model, with the model's training and the rows that judge it.</summary>
/// <remarks>Clusters and anomalies are commonly looked at on the data that they were found in.</remarks>
internal sealed class Evaluations(MlNetSymbols symbols)
{
    private readonly PipelineSteps pipelines = new(symbols);
    private readonly DataOrigins origins = new(symbols);
    private readonly MethodSet judges = symbols
        .Methods("Microsoft.ML.BinaryClassificationCatalog", "Evaluate", "EvaluateNonCalibrated")
        .Add(symbols.Type("Microsoft.ML.MulticlassClassificationCatalog"), "Evaluate")
        .Add(symbols.Type("Microsoft.ML.RegressionCatalog"), "Evaluate")
        .Add(symbols.Type("Microsoft.ML.RankingCatalog"), "Evaluate");

    public bool Judges(IMethodSymbol method) => judges.Contains(method);

    /// <summary>The call that fitted the model which is judged; null where the method does not show it.</summary>
    public IInvocationOperation? TrainingOf(IInvocationOperation evaluation) =>
        Data(evaluation) is { } data && pipelines.TransformOf(data)?.Instance is { } model ? pipelines.FitOf(model) : null;

    public DataIdentity RowsOf(IInvocationOperation evaluation) => Data(evaluation) is { } data ? origins.Of(data) : default;

    public DataIdentity RowsFitted(IInvocationOperation fit) => fit.Arguments.IsEmpty ? default : origins.Of(fit.Arguments[0].Value);

    private static IOperation? Data(IInvocationOperation evaluation) => LocalFlow.Argument(evaluation, "data")?.Value;
}
