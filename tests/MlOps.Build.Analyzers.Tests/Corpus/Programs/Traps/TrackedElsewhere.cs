using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Heating;

public sealed class Home
{
    public float Area { get; set; }
    public float Outside { get; set; }
    public float Kwh { get; set; }
}

public interface ITracking
{
    [LogsMetrics] void Write(string name, double value);
}

public interface IStore
{
    [RegistersModel] void Add(ITransformer model, DataViewSchema schema);
}

/// <summary>What happens after every training of the team.</summary>
public sealed class Aftercare(ITracking tracking, IStore store)
{
    public void Finish(MLContext ml, ITransformer model, IDataView test, string label)
    {
        Note(ml.Regression.Evaluate(model.Transform(test), label));
        ml.Model.Save(model, test.Schema, "last.zip");
        store.Add(model, test.Schema);
    }

    private void Note(RegressionMetrics metrics)
    {
        tracking.Write("r2", metrics.RSquared);
        tracking.Write("mae", metrics.MeanAbsoluteError);
    }
}

public sealed class HeatingTraining(Aftercare aftercare)
{
    [TrainingEntryPoint]
    public void Train(IEnumerable<Home> homes, int seed)
    {
        var ml = new MLContext(seed);
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(homes), 0.2);
        var model = ml.Transforms.Concatenate("Features", nameof(Home.Area), nameof(Home.Outside))
            .Append(ml.Regression.Trainers.FastForest(nameof(Home.Kwh)))
            .Fit(split.TrainSet);
        ml.Model.Save(model, split.TrainSet.Schema, "heating.zip");
        aftercare.Finish(ml, model, split.TestSet, nameof(Home.Kwh));
    }
}
