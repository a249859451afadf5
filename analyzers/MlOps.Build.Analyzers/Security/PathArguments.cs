using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MlOps.Build.Analyzers.Security;

/// <summary>The arguments of ML.NET that name a file or a folder.</summary>
internal sealed class PathArguments(MlNetSymbols symbols)
{
    private readonly MethodSet methods = symbols
        .Methods("Microsoft.ML.TextLoaderSaverCatalog", "LoadFromTextFile")
        .Add(symbols.Type("Microsoft.ML.BinaryLoaderSaverCatalog"), "LoadFromBinary")
        .Add(symbols.Type("Microsoft.ML.Data.SvmLightLoaderSaverCatalog"), "LoadFromSvmLightFile", "LoadFromSvmLightFileWithFeatureNames")
        .Add(symbols.Type("Microsoft.ML.DataLoaderExtensions"), "Load")
        .Add(symbols.Type("Microsoft.ML.TextCatalog"), "ApplyWordEmbedding")
        .Add(symbols.Type("Microsoft.ML.OnnxCatalog"), "ApplyOnnxModel")
        .Add(symbols.Type("Microsoft.ML.TensorflowCatalog"), "LoadTensorFlowModel")
        .Add(symbols.Type("Microsoft.ML.ImageEstimatorsCatalog"), "LoadImages", "LoadRawImageBytes")
        .Add(symbols.Model, "Load", "LoadWithDataLoader", "Save")
        .Add(symbols.Type("Microsoft.ML.Data.MultiFileSource"), ".ctor");

    public bool IsPath(IArgumentOperation argument) =>
        argument.Parameter is
        {
            Name: "path" or "paths" or "filePath" or "customModelFile" or "modelFile" or "modelLocation" or "imageFolder",
            ContainingSymbol: IMethodSymbol method,
        }
        && methods.Contains(method);
}
