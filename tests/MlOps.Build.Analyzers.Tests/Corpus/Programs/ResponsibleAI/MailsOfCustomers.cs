using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Churn.Mails;

public sealed class Customer
{
    [LoadColumn(0), PersonalData] public string Mail { get; set; } = "";

    [LoadColumn(1), PersonalData] public string Phone { get; set; } = "";

    [LoadColumn(2)] public float Visits { get; set; }

    [LoadColumn(3)] public string Plan { get; set; } = "";

    [LoadColumn(4), ColumnName("Label")] public bool Left { get; set; }
}

public sealed class Trainer(ILogger<Trainer> logger)
{
    public ITransformer Train(string path)
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Customer>(path, separatorChar: ',', hasHeader: true, allowQuoting: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2, seed: 1);
        var pipeline = ml.Transforms.Text.FeaturizeText("MailWords", nameof(Customer.Mail))
            .Append(ml.Transforms.Categorical.OneHotEncoding("PlanSlots", nameof(Customer.Plan)))
            .Append(ml.Transforms.Concatenate("Features", "MailWords", "PlanSlots", nameof(Customer.Visits)))
            .Append(ml.BinaryClassification.Trainers.FastTree());
        var model = pipeline.Fit(split.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
        logger.LogInformation("AUC {Auc}", metrics.AreaUnderRocCurve);
        foreach (var customer in ml.Data.CreateEnumerable<Customer>(split.TestSet, reuseRowObject: false))
        {
            if (customer.Visits < 0)
            {
                logger.LogWarning("{Mail} has a negative number of visits", customer.Mail);
            }
        }

        return model;
    }
}
