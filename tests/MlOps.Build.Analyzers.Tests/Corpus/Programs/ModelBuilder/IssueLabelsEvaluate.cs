// This file was written by ML.NET Model Builder.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace IssueLabels
{
    public partial class IssueModel
    {
        public class ModelInput
        {
            [LoadColumn(0), ColumnName(@"Area")] public string Area { get; set; }
            [LoadColumn(1), ColumnName(@"Title")] public string Title { get; set; }
        }

        /// <summary>
        /// Permutation feature importance (PFI) is a technique to determine the importance of features in a trained machine learning model.
        /// </summary>
        public static List<Tuple<string, double>> CalculatePFI(MLContext mlContext, IDataView trainData, ITransformer model, string labelColumnName)
        {
            var preprocessedTrainData = model.Transform(trainData);

            var permutationFeatureImportance =
                mlContext.MulticlassClassification
                .PermutationFeatureImportance(
                        model,
                        preprocessedTrainData,
                        labelColumnName: labelColumnName);

            var featureImportanceMetrics =
                 permutationFeatureImportance
                 .Select((kvp) => new { kvp.Key, kvp.Value.MicroAccuracy })
                 .OrderByDescending(myFeatures => Math.Abs(myFeatures.MicroAccuracy.Mean));

            var featurePFI = new List<Tuple<string, double>>();
            foreach (var feature in featureImportanceMetrics)
            {
                var pfiValue = Math.Abs(feature.MicroAccuracy.Mean);
                featurePFI.Add(new Tuple<string, double>(feature.Key, pfiValue));
            }

            return featurePFI;
        }

        public static MulticlassClassificationMetrics EvaluateModel(MLContext mlContext, ITransformer model, string path)
        {
            var data = mlContext.Data.LoadFromTextFile<ModelInput>(path, ',', true, allowQuoting: true);
            return mlContext.MulticlassClassification.Evaluate(model.Transform(data), labelColumnName: @"Area");
        }
    }
}
