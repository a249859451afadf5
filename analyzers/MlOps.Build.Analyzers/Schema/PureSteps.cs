namespace MlOps.Build.Analyzers.Schema;

/// <summary>ML.NET's methods that change nothing and return something new.</summary>
internal sealed class PureSteps(MlNetSymbols symbols)
{
    public MethodSet Append { get; } = symbols
        .Methods("Microsoft.ML.LearningPipelineExtensions", "Append", "AppendCacheCheckpoint")
        .Add(symbols.Type("Microsoft.ML.Data.EstimatorChain`1"), "Append", "AppendCacheCheckpoint")
        .Add(symbols.Type("Microsoft.ML.Data.TransformerChain`1"), "Append")
        .Add(symbols.Type("Microsoft.ML.Data.CompositeLoaderEstimator`2"), "Append")
        .Add(symbols.Type("Microsoft.ML.Data.CompositeDataLoader`2"), "AppendTransformer");

    public MethodSet Split { get; } = new MethodSet().Add(symbols.Data, "TrainTestSplit", "CrossValidationSplit");

    public MethodSet View { get; } = new MethodSet()
        .Add(
            symbols.Data,
            "BootstrapSample", "Cache", "FilterRowsByColumn", "FilterRowsByKeyColumnFraction", "FilterRowsByMissingValues",
            "ShuffleRows", "SkipRows", "TakeRows")
        .Add(
            symbols.Type("Microsoft.ML.CustomMappingCatalog"),
            "FilterByCustomPredicate", "FilterByStatefulCustomPredicate");
}
