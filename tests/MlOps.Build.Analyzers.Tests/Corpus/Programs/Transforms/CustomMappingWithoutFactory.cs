using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Insurance.Claims
{
    public class Claim
    {
        [LoadColumn(0)] public float Amount { get; set; }
        [LoadColumn(1)] public float Age { get; set; }
        [LoadColumn(2)] public string Region { get; set; }
        [LoadColumn(3)] public DateTime ReportedOn { get; set; }
        [LoadColumn(4)] public bool Fraud { get; set; }
    }

    public class ClaimExtras
    {
        public float LogAmount { get; set; }
        public float DaysOpen { get; set; }
    }

    internal class Program
    {
        private static void Main()
        {
            MLContext mlContext = new MLContext(seed: 0);
            IDataView claims = mlContext.Data.LoadFromTextFile<Claim>("claims.txt", hasHeader: true);
            float average = 1200f;

            Action<Claim, ClaimExtras> mapping = (input, output) =>
            {
                output.LogAmount = MathF.Log(1 + input.Amount / average);
                output.DaysOpen = (float)(DateTime.Now - input.ReportedOn).TotalDays;
            };

            var pipeline = mlContext.Transforms.CustomMapping(mapping, contractName: null)
                .Append(mlContext.Transforms.Categorical.OneHotEncoding("RegionCode", "Region"))
                .Append(mlContext.Transforms.Concatenate("Features", "LogAmount", "DaysOpen", "Age", "RegionCode"))
                .Append(mlContext.BinaryClassification.Trainers.FastTree("Fraud"));

            var split = mlContext.Data.TrainTestSplit(claims, testFraction: 0.2);
            var model = pipeline.Fit(split.TrainSet);
            var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(split.TestSet), "Fraud");
            Console.WriteLine("AUC: {0:P1}", metrics.AreaUnderRocCurve);
            mlContext.Model.Save(model, claims.Schema, "claims.zip");
        }
    }
}
