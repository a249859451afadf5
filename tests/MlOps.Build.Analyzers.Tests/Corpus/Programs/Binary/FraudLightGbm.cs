using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Payments.Fraud
{
    public record FraudSettings(int Seed, int Leaves, int Iterations, double LearningRate);

    public class Payment
    {
        [LoadColumn(0)] public float Amount { get; set; }
        [LoadColumn(1)] public float SecondsSinceLast { get; set; }
        [LoadColumn(2)] public string Merchant { get; set; }
        [LoadColumn(3)] public string Country { get; set; }
        [LoadColumn(4)] public bool IsFraud { get; set; }
    }

    public class FraudTrainer(FraudSettings settings)
    {
        private readonly MLContext ml = new(settings.Seed);

        public (ITransformer Model, double Auc) Train(IDataView trainRows, IDataView validationRows)
        {
            var prepared = ml.Transforms.Categorical.OneHotHashEncoding("MerchantHash", nameof(Payment.Merchant), numberOfBits: 12)
                .Append(ml.Transforms.Categorical.OneHotHashEncoding("CountryHash", nameof(Payment.Country), numberOfBits: 6))
                .Append(ml.Transforms.Concatenate("Features", nameof(Payment.Amount), nameof(Payment.SecondsSinceLast), "MerchantHash", "CountryHash"));
            var trainer = ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
            {
                LabelColumnName = nameof(Payment.IsFraud),
                NumberOfLeaves = settings.Leaves,
                MinimumExampleCountPerLeaf = 50,
                LearningRate = settings.LearningRate,
                NumberOfIterations = settings.Iterations,
                UseCategoricalSplit = false,
                NumberOfThreads = 4,
                EarlyStoppingRound = 20,
                WeightOfPositiveExamples = 25,
            });

            var steps = prepared.Fit(trainRows);
            var booster = trainer.Fit(steps.Transform(trainRows), steps.Transform(validationRows));
            var model = steps.Append(booster);
            var metrics = ml.BinaryClassification.Evaluate(model.Transform(validationRows), nameof(Payment.IsFraud));
            return (model, metrics.AreaUnderPrecisionRecallCurve);
        }
    }
}
