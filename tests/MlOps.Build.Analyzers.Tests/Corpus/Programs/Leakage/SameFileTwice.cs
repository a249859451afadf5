using Microsoft.ML;
using Microsoft.ML.Data;

namespace Library.Loans;

public class Loan
{
    [LoadColumn(0)] public float Pages { get; set; }
    [LoadColumn(1)] public float Copies { get; set; }
    [LoadColumn(2)] public bool Late { get; set; }
}

public static class LateLoans
{
    public static void Run(string all)
    {
        var context = new MLContext(seed: 11);
        IDataView train = context.Data.LoadFromTextFile<Loan>(all, hasHeader: true);
        var cached = context.Data.Cache(train);
        var model = context.Transforms.Concatenate("Features", nameof(Loan.Pages), nameof(Loan.Copies))
            .Append(context.BinaryClassification.Trainers.FastTree(nameof(Loan.Late)))
            .Fit(cached);
        var quality = context.BinaryClassification.Evaluate(model.Transform(train), nameof(Loan.Late));
        Console.WriteLine($"AUC {quality.AreaUnderRocCurve:F2}");
    }
}
