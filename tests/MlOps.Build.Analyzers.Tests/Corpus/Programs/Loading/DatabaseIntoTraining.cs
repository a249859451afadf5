using System.Data.Common;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Billing;

public class Invoice
{
    public float Amount { get; set; }
    public float DaysLate { get; set; }
    public bool Paid { get; set; }
}

public static class Trainer
{
    public static void Train(DbProviderFactory provider)
    {
        var ml = new MLContext();
        var source = new DatabaseSource(
            provider,
            "Server=tcp:billing.database.windows.net,1433;Database=billing;User ID=ml;Password=hunter2Hunter2;Encrypt=true",
            "SELECT Amount, DaysLate, Paid FROM invoices ORDER BY NEWID()");
        var data = ml.Data.CreateDatabaseLoader<Invoice>().Load(source);
        var split = ml.Data.TrainTestSplit(data);
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Invoice.Amount), nameof(Invoice.DaysLate))
            .Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression(nameof(Invoice.Paid)));
        var model = pipeline.Fit(split.TrainSet);
        Console.WriteLine(ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(Invoice.Paid)).Accuracy);
        ml.Model.Save(model, data.Schema, "/var/models/billing.zip");
    }
}
