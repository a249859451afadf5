using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

public class Patient
{
    [LoadColumn(0)] public float Age { get; set; }
    [LoadColumn(1)] public float BloodPressure { get; set; }
    [LoadColumn(2)] public float Glucose { get; set; }
    [LoadColumn(3)] public bool Readmitted { get; set; }
}

public class ReadmissionTrainer
{
    public void Train()
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromTextFile<Patient>("patients.csv", ',', true);
        var complete = context.Data.FilterRowsByMissingValues(view, "Age");

        var pipeline = context.Transforms.ReplaceMissingValues("BloodPressure", replacementMode: ReplacementMode.Mean)
            .Append(context.Transforms.ReplaceMissingValues("GlucoseFilled", "Glucose", ReplacementMode.Minimum))
            .Append(context.Transforms.Concatenate("Features", "Age", "BloodPressure", "GlucoseFilled"))
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression("Readmitted"));

        var folds = context.BinaryClassification.CrossValidate(complete, pipeline, 5, "Readmitted");
        foreach (var fold in folds)
        {
            Console.WriteLine($"fold {fold.Fold}: auc {fold.Metrics.AreaUnderRocCurve}");
        }
    }
}
