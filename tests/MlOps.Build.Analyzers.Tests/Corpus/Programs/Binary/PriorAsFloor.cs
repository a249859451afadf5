using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hr.Attrition;

public class Employee
{
    [LoadColumn(0)] public float YearsInRole { get; set; }
    [LoadColumn(1)] public float Overtime { get; set; }
    [LoadColumn(2)] public float Commute { get; set; }
    [LoadColumn(3)] public bool Left { get; set; }
}

public static class Floor
{
    /// <summary>How much better than the share of leavers the model is.</summary>
    public static double Gain(MLContext ml, IDataView train, IDataView test)
    {
        var prior = ml.BinaryClassification.Trainers.Prior(nameof(Employee.Left)).Fit(train);
        var linear = ml.Transforms.Concatenate("Features", nameof(Employee.YearsInRole), nameof(Employee.Overtime), nameof(Employee.Commute))
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression(nameof(Employee.Left)))
            .Fit(train);

        return LogLoss(prior) - LogLoss(linear);

        double LogLoss(ITransformer model) => ml.BinaryClassification.Evaluate(model.Transform(test), nameof(Employee.Left)).LogLoss;
    }
}
