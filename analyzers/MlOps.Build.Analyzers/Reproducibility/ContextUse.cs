using System;

namespace MlOps.Build.Analyzers.Reproducibility;

/// <summary>What an MLContext is used for, as far as the code shows.</summary>
[Flags]
internal enum ContextUse
{
    None = 0,

    /// <summary>Loads a model or data, predicts: nothing that a seed could change.</summary>
    Serves = 1,

    /// <summary>Builds, fits, splits or evaluates.</summary>
    Trains = 2,

    /// <summary>Goes where this analysis does not follow.</summary>
    Escapes = 4,
}
