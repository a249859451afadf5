using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Churn;

public class Customer
{
    [LoadColumn(0)] public float Months { get; set; }
    [LoadColumn(1)] public float Calls { get; set; }
    [LoadColumn(2)] public float Bill { get; set; }
    [LoadColumn(3)] public bool Left { get; set; }
}

public static class Calibration
{
    public static void Compare(string path)
    {
        var ml = new MLContext(seed: 8);
        var parts = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Customer>(path, hasHeader: true, separatorChar: ';'), testFraction: 0.3);
        var features = ml.Transforms.Concatenate("Features", nameof(Customer.Months), nameof(Customer.Calls), nameof(Customer.Bill))
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(ml);
        var svm = features.Append(ml.BinaryClassification.Trainers.LinearSvm(labelColumnName: nameof(Customer.Left)));

        var plain = svm.Fit(parts.TrainSet);
        var raw = ml.BinaryClassification.EvaluateNonCalibrated(plain.Transform(parts.TestSet), nameof(Customer.Left));
        Console.WriteLine($"raw {raw.AreaUnderRocCurve}");

        var platt = svm.Append(ml.BinaryClassification.Calibrators.Platt(nameof(Customer.Left))).Fit(parts.TrainSet);
        var isotonic = svm.Append(ml.BinaryClassification.Calibrators.Isotonic(nameof(Customer.Left))).Fit(parts.TrainSet);
        var naive = svm.Append(ml.BinaryClassification.Calibrators.Naive(nameof(Customer.Left))).Fit(parts.TrainSet);
        foreach (ITransformer model in new ITransformer[] { platt, isotonic, naive })
        {
            var metrics = ml.BinaryClassification.Evaluate(model.Transform(parts.TestSet), nameof(Customer.Left));
            Console.WriteLine($"log loss {metrics.LogLoss}");
        }
    }

    public static void Forgotten(string path)
    {
        var ml = new MLContext(seed: 8);
        var rows = ml.Data.LoadFromTextFile<Customer>(path, hasHeader: true, separatorChar: ';');
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Customer.Months), nameof(Customer.Bill))
            .Append(ml.BinaryClassification.Trainers.AveragedPerceptron(nameof(Customer.Left)));
        var folds = ml.BinaryClassification.CrossValidate(rows, pipeline, labelColumnName: nameof(Customer.Left));
        Console.WriteLine(folds[0].Metrics.Accuracy);
    }
}
