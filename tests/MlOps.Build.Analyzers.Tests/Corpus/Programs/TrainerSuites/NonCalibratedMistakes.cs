using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Voting
{
    public class District
    {
        [LoadColumn(0)] public float Income { get; set; }
        [LoadColumn(1)] public float Density { get; set; }
        [LoadColumn(2)] public bool Label { get; set; }
    }

    public static class Program
    {
        public static void Main()
        {
            var ml = new MLContext(seed: 5);
            var loader = ml.Data.CreateTextLoader<District>(separatorChar: ',', hasHeader: true);
            var split = ml.Data.TrainTestSplit(loader.Load("districts.csv"), testFraction: 0.2);
            var concat = ml.Transforms.Concatenate("Features", "Income", "Density");

            var forest = concat.Append(ml.BinaryClassification.Trainers.FastForest()).Fit(split.TrainSet);
            var scored = forest.Transform(split.TestSet);
            Console.WriteLine(ml.BinaryClassification.Evaluate(scored).AreaUnderRocCurve);

            var svm = concat.Append(ml.BinaryClassification.Trainers.LdSvm()).Fit(split.TrainSet);
            var metrics = ml.BinaryClassification.Evaluate(svm.Transform(split.TestSet));
            Console.WriteLine($"{metrics.LogLoss} {metrics.AreaUnderRocCurve}");

            var calibrated = concat.Append(ml.BinaryClassification.Trainers.LdSvm())
                .Append(ml.BinaryClassification.Calibrators.Isotonic())
                .Fit(split.TrainSet);
            Console.WriteLine(ml.BinaryClassification.Evaluate(calibrated.Transform(split.TestSet)).LogLoss);
        }
    }
}
