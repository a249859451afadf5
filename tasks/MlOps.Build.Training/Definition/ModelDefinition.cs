using Microsoft.ML;

namespace MlOps.Build.Training;

/// <summary>
/// A model as its project writes it: the row it reads, the steps from row to features, and the algorithm. Hand it to
/// <see cref="TrainerHost.RunAsync"/>, which does the rest of the trainer protocol.
/// </summary>
/// <typeparam name="TInput">
/// The row. Members with a setter are read from the data; get-only properties are <em>derived</em>: plain C# that runs
/// alike in training, scoring and a scoring service, because ML.NET reads them as columns in all three
/// (<c>public float Hour =&gt; Departure.Hour;</c>). There is no custom mapping to register, and the saved model needs none.
/// The label is not a member: files for scorers and requests to services do not have it.
/// </typeparam>
public abstract class ModelDefinition<TInput> : IModelDefinition
    where TInput : class, new()
{
    /// <summary>The steps that end in a float vector named <see cref="TrainingContext.FeatureColumn"/>.</summary>
    /// <remarks>They are fitted on training rows only, and saved with the model. The default encodes every member.</remarks>
    public virtual IEstimator<ITransformer> Features(TrainingContext context) => FeatureSteps.Encode<TInput>(context);

    /// <summary>The algorithm; <see cref="Learners"/> makes them with every option pinned.</summary>
    public abstract Learner Learner(TrainingContext context);

    /// <inheritdoc/>
    public Type InputType => typeof(TInput);
}

/// <summary>What <see cref="TrainerHost"/> needs of a model; inherit <see cref="ModelDefinition{TInput}"/>.</summary>
public interface IModelDefinition
{
    /// <summary>The class of a row.</summary>
    Type InputType { get; }

    /// <summary>The steps that end in the feature vector.</summary>
    IEstimator<ITransformer> Features(TrainingContext context);

    /// <summary>The algorithm.</summary>
    Learner Learner(TrainingContext context);
}
