using System;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Adverts
{
    public class Impression
    {
        [LoadColumn(0)] public bool Label { get; set; }
        [LoadColumn(1)] public string Site { get; set; }
        [LoadColumn(2)] public string Device { get; set; }
        [LoadColumn(3)] public string Campaign { get; set; }
    }

    public static class ClickTraining
    {
        public static void Main()
        {
            var ml = new MLContext();
            var rows = ml.Data.LoadFromTextFile<Impression>("impressions.tsv");
            var split = ml.Data.TrainTestSplit(rows);
            var fields = new[] { "SiteBag", "DeviceBag", "CampaignBag" };

            var pipeline = ml.Transforms.Categorical.OneHotHashEncoding("SiteBag", nameof(Impression.Site))
                .Append(ml.Transforms.Categorical.OneHotHashEncoding("DeviceBag", nameof(Impression.Device)))
                .Append(ml.Transforms.Categorical.OneHotHashEncoding("CampaignBag", nameof(Impression.Campaign)))
                .Append(ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(fields));
            var model = pipeline.Fit(split.TrainSet);

            var onTrain = ml.BinaryClassification.Evaluate(model.Transform(split.TrainSet));
            Console.WriteLine($"AUC {onTrain.AreaUnderRocCurve:P1}");
        }
    }
}
