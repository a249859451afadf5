using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MlOps.Build.Analyzers.Schema;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>Calls that judge a supervised model, with the model's training and the rows that judge it.</summary>
/// <remarks>Clusters and anomalies are commonly looked at on the data that they were found in.</remarks>
internal sealed class Evaluations(MlNetSymbols symbols)
{
    private readonly PipelineSteps pipelines = symbols.Part(static symbols => new PipelineSteps(symbols));
    private readonly DataOrigins origins = symbols.Part(static symbols => new DataOrigins(symbols));
    private readonly MethodSet judges = symbols
        .Methods("Microsoft.ML.BinaryClassificationCatalog", "Evaluate", "EvaluateNonCalibrated")
        .Add(symbols.Type("Microsoft.ML.MulticlassClassificationCatalog"), "Evaluate")
        .Add(symbols.Type("Microsoft.ML.RegressionCatalog"), "Evaluate")
        .Add(symbols.Type("Microsoft.ML.RankingCatalog"), "Evaluate");

    public bool Judges(IMethodSymbol method) => judges.Contains(method);

    /// <summary>The call that fitted the model which is judged; null where the method does not show it.</summary>
    public IInvocationOperation? TrainingOf(IInvocationOperation evaluation) =>
        Data(evaluation) is { } data && pipelines.TransformOf(data)?.Instance is { } model && pipelines.FitOf(model) is { Instance: { } pipeline } fit
        && !OnlyTransforms(pipeline)
            ? fit
            : null;

    /// <summary>A step that makes a column of the scores has no trainer: the model stands before it.</summary>
    private bool OnlyTransforms(IOperation pipeline)
    {
        if (pipelines.Of(pipeline) is not { } steps)
        {
            return false;
        }

        foreach (var step in steps)
        {
            var catalog = step.Instance?.Type ?? (step.TargetMethod.Parameters.IsEmpty ? null : step.TargetMethod.Parameters[0].Type);
            if (catalog is null || (catalog.Name != "TransformsCatalog" && catalog.ContainingType?.Name != "TransformsCatalog"))
            {
                return false;
            }
        }

        return true;
    }

    public DataIdentity RowsOf(IInvocationOperation evaluation) => Data(evaluation) is { } data ? origins.Of(data) : default;

    public DataIdentity RowsFitted(IInvocationOperation fit) => fit.Arguments.IsEmpty ? default : origins.Of(fit.Arguments[0].Value);

    /// <summary>True where the rows are called by the name of those that are there to choose by.</summary>
    public bool ByValidationRows(IInvocationOperation evaluation)
    {
        var rows = Data(evaluation) is { } data ? pipelines.TransformOf(LocalFlow.Origin(data)) is { Arguments: { Length: > 0 } given } ? given[0].Value : data : null;
        while (rows is IConversionOperation conversion)
        {
            rows = conversion.Operand;
        }

        var name = rows switch
        {
            ILocalReferenceOperation local => local.Local.Name,
            IParameterReferenceOperation parameter => parameter.Parameter.Name,
            IMemberReferenceOperation { Instance: ILocalReferenceOperation split } member when origins.IsPart(member) => split.Local.Name,
            IMemberReferenceOperation member => member.Member.Name,
            _ => string.Empty,
        };
        return name.IndexOf("valid", System.StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static IOperation? Data(IInvocationOperation evaluation) => LocalFlow.Argument(evaluation, "data")?.Value;
}
