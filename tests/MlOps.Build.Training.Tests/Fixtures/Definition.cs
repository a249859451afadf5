using Microsoft.ML;

namespace MlOps.Build.Training.Tests;

/// <summary>A model made of functions.</summary>
internal sealed class Definition<TInput>(Func<TrainingContext, Learner> learner) : ModelDefinition<TInput>
    where TInput : class, new()
{
    public Func<TrainingContext, IEstimator<ITransformer>>? Steps { get; init; }

    public override IEstimator<ITransformer> Features(TrainingContext context)
        => Steps is null ? base.Features(context) : Steps(context);

    public override Learner Learner(TrainingContext context) => learner(context);
}
