using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Generic.Training;

/// <summary>One training for every row class of the team.</summary>
public abstract class Training<TRow, TAnswer>
    where TRow : class, new()
    where TAnswer : class, new()
{
    protected Training(int? seed) => Ml = new MLContext(seed);

    protected MLContext Ml { get; }

    protected abstract string Label { get; }

    protected abstract IEstimator<ITransformer> Pipeline();

    public double Run(IEnumerable<TRow> rows)
    {
        var view = Ml.Data.LoadFromEnumerable(rows);
        var split = Ml.Data.TrainTestSplit(view, testFraction: 0.2);
        var model = Pipeline().Fit(split.TrainSet);
        return Ml.Regression.Evaluate(model.Transform(split.TestSet), Label).RSquared;
    }

    protected static string NameOf<T>(Expression<Func<TRow, T>> member) => ((MemberExpression)member.Body).Member.Name;

    protected string[] Features(params Expression<Func<TRow, float>>[] members) => members.Select(NameOf).ToArray();
}

public sealed class Car
{
    public float Power { get; set; }
    public float Weight { get; set; }
    public float Consumption { get; set; }
}

public sealed class Consumption
{
    public float Score { get; set; }
}

public sealed class ConsumptionTraining(int? seed) : Training<Car, Consumption>(seed)
{
    protected override string Label => NameOf(car => car.Consumption);

    protected override IEstimator<ITransformer> Pipeline() =>
        Ml.Transforms.Concatenate("Features", Features(car => car.Power, car => car.Weight))
            .Append(Ml.Regression.Trainers.OnlineGradientDescent(Label));
}
