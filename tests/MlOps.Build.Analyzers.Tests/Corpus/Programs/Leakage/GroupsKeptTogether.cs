using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Wind.Farm;

public sealed class TurbineHour
{
    [LoadColumn(0), GroupKey] public string Turbine { get; set; }
    [LoadColumn(1)] public float Wind { get; set; }
    [LoadColumn(2)] public float Power { get; set; }
}

public static class PowerCurve
{
    public static RegressionMetrics Judge(string file)
    {
        var ml = new MLContext(8);
        var hours = ml.Data.LoadFromTextFile<TurbineHour>(file, hasHeader: true);
        var split = ml.Data.TrainTestSplit(hours, 0.2, samplingKeyColumnName: nameof(TurbineHour.Turbine));
        var model = ml.Transforms.Concatenate("Features", nameof(TurbineHour.Wind))
            .Append(ml.Regression.Trainers.Gam(nameof(TurbineHour.Power)))
            .Fit(split.TrainSet);
        return ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(TurbineHour.Power));
    }

    public static DataOperationsCatalog.TrainTestData Careless(string file)
    {
        var ml = new MLContext(8);
        var hours = ml.Data.LoadFromTextFile<TurbineHour>(file, hasHeader: true);
        return ml.Data.TrainTestSplit(hours, 0.2);
    }
}
