using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>Makes a model that can answer from a package that was verified.</summary>
internal interface IModelLoader<TInput, TOutput>
{
    /// <summary>Loads the model and lets it answer the sample.</summary>
    /// <exception cref="ProblemException">The model cannot be loaded or does not answer the sample.</exception>
    ServedModel<TInput, TOutput> Load(ModelPackage package);
}
