using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>Trainers whose scores or relevances are told apart by the numbers of the label's classes.</summary>
internal sealed class LabelTrainers(MlNetSymbols symbols)
{
    private const string DefaultLabel = "Label";
    private readonly INamedTypeSymbol? multiclass =
        symbols.Type("Microsoft.ML.MulticlassClassificationCatalog+MulticlassClassificationTrainers");

    private readonly INamedTypeSymbol? ranking = symbols.Type("Microsoft.ML.RankingCatalog+RankingTrainers");

    /// <summary>The column that the trainer takes for its label; null for other calls, and where the name is not known.</summary>
    public string? LabelOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        if (!IsTrainer(method.IsExtensionMethod ? method.Parameters[0].Type : method.ContainingType))
        {
            return null;
        }

        if (LocalFlow.Argument(call, "labelColumnName") is { } label)
        {
            return label.Value.ConstantValue.Value as string;
        }

        if (LocalFlow.Argument(call, "options") is not { } options || InlineOptions.Creation(options) is null)
        {
            return null;
        }

        return InlineOptions.Value(options, "LabelColumnName") is { } named ? named.ConstantValue.Value as string : DefaultLabel;
    }

    private bool IsTrainer(ITypeSymbol catalog) =>
        SymbolEqualityComparer.Default.Equals(catalog, multiclass) || SymbolEqualityComparer.Default.Equals(catalog, ranking);
}
