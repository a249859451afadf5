using Microsoft.ML;
using Microsoft.ML.Data;

namespace Telecom.Churn;

public sealed class Subscriber
{
    [LoadColumn(0)] public float Tenure { get; set; }
    [LoadColumn(1)] public float MonthlyCharge { get; set; }
    [LoadColumn(2)] public string Contract { get; set; }
    [LoadColumn(3)] public string Payment { get; set; }
    [LoadColumn(4)] public bool Churned { get; set; }
}

public static class Program
{
    private const int Seed = 17;

    public static void Main(string[] args)
    {
        var ml = new MLContext(Seed);
        var data = ml.Data.LoadFromTextFile<Subscriber>(args[0], separatorChar: ',', hasHeader: true, allowQuoting: true);
        var parts = ml.Data.TrainTestSplit(data, testFraction: 0.25, seed: Seed);

        var pipeline = ml.Transforms.Categorical.OneHotEncoding(
                [new InputOutputColumnPair("ContractCode", nameof(Subscriber.Contract)), new InputOutputColumnPair("PaymentCode", nameof(Subscriber.Payment))])
            .Append(ml.Transforms.Concatenate("Features", nameof(Subscriber.Tenure), nameof(Subscriber.MonthlyCharge), "ContractCode", "PaymentCode"))
            .Append(ml.BinaryClassification.Trainers.FastTree(labelColumnName: nameof(Subscriber.Churned), numberOfTrees: 200));

        ITransformer model = pipeline.Fit(parts.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(parts.TestSet), nameof(Subscriber.Churned));

        Console.WriteLine($"AUC {metrics.AreaUnderRocCurve:P1}, log loss {metrics.LogLoss:F3}");
        ml.Model.Save(model, data.Schema, args[1]);
    }
}
