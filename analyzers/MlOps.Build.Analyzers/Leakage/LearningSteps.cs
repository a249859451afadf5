using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Leakage;

/// <summary>Steps that prepare data and learn from all rows they are fitted to: a range, a mean, a vocabulary, a choice of features.</summary>
/// <remarks>
/// Not here, because a row is changed by what stands in it alone: CopyColumns, Concatenate, ConvertType, Hash, TokenizeIntoWords, CustomMapping and their like.
/// Not here either: MapValueToKey, whose numbers for the classes of a label tell nothing about a row.
/// </remarks>
internal sealed class LearningSteps(MlNetSymbols symbols)
{
    private readonly MethodSet always = symbols
        .Methods(
            "Microsoft.ML.NormalizationCatalog",
            "NormalizeBinning", "NormalizeLogMeanVariance", "NormalizeMeanVariance", "NormalizeMinMax", "NormalizeRobustScaling", "NormalizeSupervisedBinning")
        .Add(symbols.Type("Microsoft.ML.CategoricalCatalog"), "OneHotEncoding")
        .Add(symbols.Type("Microsoft.ML.FeatureSelectionCatalog"), "SelectFeaturesBasedOnCount", "SelectFeaturesBasedOnMutualInformation")
        .Add(symbols.Type("Microsoft.ML.PcaCatalog"), "ProjectToPrincipalComponents")
        .Add(symbols.Type("Microsoft.ML.TextCatalog"), "FeaturizeText", "LatentDirichletAllocation", "ProduceNgrams", "ProduceWordBags")
        .Add(
            symbols.Type("Microsoft.ML.TreeExtensions"),
            "FeaturizeByFastForestBinary", "FeaturizeByFastForestRegression", "FeaturizeByFastTreeBinary", "FeaturizeByFastTreeRanking",
            "FeaturizeByFastTreeRegression", "FeaturizeByFastTreeTweedie");

    private readonly MethodSet byMode = symbols.Methods("Microsoft.ML.ExtensionsCatalog", "ReplaceMissingValues");

    public bool Learns(IInvocationOperation step) =>
        always.Contains(step.TargetMethod)
        || (byMode.Contains(step.TargetMethod)
            && LocalFlow.Argument(step, "replacementMode")?.Value.ConstantValue is { HasValue: true, Value: { } mode }
            && !IsDefaultValue(mode));

    /// <summary>The mode that puts in what the type starts with; all others look at the rows.</summary>
    private static bool IsDefaultValue(object mode) => System.Convert.ToInt32(mode, System.Globalization.CultureInfo.InvariantCulture) == 0;
}
