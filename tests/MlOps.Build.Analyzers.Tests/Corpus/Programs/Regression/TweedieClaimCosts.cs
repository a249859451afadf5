using Microsoft.ML;
using Microsoft.ML.Data;

namespace Motor.Insurance;

public partial class PolicyYear
{
    [LoadColumn(0)] public float Exposure { get; set; }
    [LoadColumn(1)] public string VehicleClass { get; set; }
    [LoadColumn(2)] public float BonusMalus { get; set; }
}

public partial class PolicyYear
{
    [LoadColumn(3)] public float ClaimCost { get; set; }
}

public static class PurePremium
{
    public static void Fit(string train, string test, string output)
    {
        var ml = new MLContext(3);
        var trainRows = Load(ml, train);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("Class", nameof(PolicyYear.VehicleClass))
            .Append(ml.Transforms.Concatenate("Features", "Class", nameof(PolicyYear.BonusMalus)))
            .Append(ml.Regression.Trainers.FastTreeTweedie(
                nameof(PolicyYear.ClaimCost), exampleWeightColumnName: nameof(PolicyYear.Exposure), numberOfTrees: 150));
        var model = pipeline.Fit(trainRows);

        var metrics = ml.Regression.Evaluate(model.Transform(Load(ml, test)), nameof(PolicyYear.ClaimCost));
        Console.WriteLine("MAE {0:F1} against RMSE {1:F1}", metrics.MeanAbsoluteError, metrics.RootMeanSquaredError);

        using var stream = new FileStream(output, FileMode.Create, FileAccess.Write);
        ml.Model.Save(model, trainRows.Schema, stream);
    }

    private static IDataView Load(MLContext ml, string path) => ml.Data.LoadFromTextFile<PolicyYear>(path, hasHeader: true);
}
