using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Churn.Pseudonyms;

public sealed class Customer
{
    [LoadColumn(0), PersonalData] public string Mail { get; set; } = "";

    [LoadColumn(1)] public float Visits { get; set; }

    [LoadColumn(2)] public string Plan { get; set; } = "";

    [LoadColumn(3), ColumnName("Label")] public bool Left { get; set; }
}

public sealed class Trainer(ILogger<Trainer> logger, byte[] key)
{
    public ITransformer Train(string path)
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Customer>(path, separatorChar: ',', hasHeader: true, allowQuoting: true);

        // All rows of a customer on one side of the split.
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2, samplingKeyColumnName: nameof(Customer.Mail), seed: 1);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("PlanSlots", nameof(Customer.Plan))
            .Append(ml.Transforms.Concatenate("Features", "PlanSlots", nameof(Customer.Visits)))
            .Append(ml.BinaryClassification.Trainers.FastTree());
        var model = pipeline.Fit(split.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
        logger.LogInformation("AUC {Auc}", metrics.AreaUnderRocCurve);
        foreach (var customer in ml.Data.CreateEnumerable<Customer>(split.TestSet, reuseRowObject: false))
        {
            if (customer.Visits < 0)
            {
                logger.LogWarning("{Customer} has a negative number of visits", Pseudonym(customer.Mail));
            }
        }

        return model;
    }

    private string Pseudonym(string mail) => Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(mail)));
}
