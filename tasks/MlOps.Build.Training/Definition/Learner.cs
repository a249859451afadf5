using Microsoft.ML;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>
/// An algorithm that learns from <see cref="TrainingContext.FeatureColumn"/> and <see cref="TrainingContext.LabelColumn"/>.
/// <see cref="Learners"/> makes those of ML.NET with every option pinned; <c>From</c> takes any other.
/// </summary>
public sealed class Learner
{
    internal Learner(string name, IEstimator<ITransformer> estimator)
    {
        Name = name;
        Estimator = estimator;
        Fit = (train, _) => estimator.Fit(train);
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>The ML.NET estimator.</summary>
    public IEstimator<ITransformer> Estimator { get; }

    /// <summary>What kind of model it makes; null if it is not known.</summary>
    public ModelTask? Task { get; internal init; }

    /// <summary>Whether it reads the rows many times, so that features are worth keeping in memory.</summary>
    public bool ReadsRowsOften { get; internal init; }

    internal Func<IDataView, IDataView?, ITransformer> Fit { get; init; }

    /// <summary>Any estimator of ML.NET as it is.</summary>
    /// <param name="estimator">
    /// It must add <c>PredictedLabel</c> and <c>Score</c>, and <c>Probability</c> for binary classification. Pin its seed, its
    /// threads and everything that ML.NET would choose by the number of rows.
    /// </param>
    /// <param name="readsRowsOften">Whether it reads the rows many times, so that features are kept in memory.</param>
    public static Learner From(IEstimator<ITransformer> estimator, bool readsRowsOften = false)
        => new(estimator.GetType().Name, estimator) { ReadsRowsOften = readsRowsOften };

    /// <summary>Any estimator, with a function that also gets the validation rows, featurised, or null.</summary>
    public static Learner From(
        IEstimator<ITransformer> estimator,
        Func<IDataView, IDataView?, ITransformer> fit,
        bool readsRowsOften = false)
        => new(estimator.GetType().Name, estimator) { Fit = fit, ReadsRowsOften = readsRowsOften };
}
