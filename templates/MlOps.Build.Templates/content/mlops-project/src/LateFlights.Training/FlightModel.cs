using LateFlights.Model;
using Microsoft.ML;
using MlOps.Build.Training;

namespace LateFlights.Training;

/// <summary>From a flight to features, and the algorithm that learns from them.</summary>
public sealed class FlightModel : ModelDefinition<Flight>
{
    /// <summary>Members of <see cref="Flight"/> that the model does not look at.</summary>
    private static readonly string[] LeftOut = [];

    /// <inheritdoc/>
    public override IEstimator<ITransformer> Features(TrainingContext context)
        => FeatureSteps.Encode<Flight>(context, LeftOut);

    /// <inheritdoc/>
    public override Learner Learner(TrainingContext context) => Learners.LightGbm(context);
}
