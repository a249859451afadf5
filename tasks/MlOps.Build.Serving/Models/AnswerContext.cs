using MlOps.Build.Contracts;

namespace MlOps.Build.Serving;

/// <summary>What an answer needs beside the prediction.</summary>
/// <param name="Schema">What the trainer wrote beside the model, if it did: columns and classes.</param>
/// <param name="Threshold">Of two classes: the probability from which on the answer is positive, as the model was judged.</param>
internal sealed record AnswerContext(ModelSchema? Schema, double Threshold)
{
    /// <summary>Where a package says nothing else.</summary>
    public const double DefaultThreshold = 0.5;
}
