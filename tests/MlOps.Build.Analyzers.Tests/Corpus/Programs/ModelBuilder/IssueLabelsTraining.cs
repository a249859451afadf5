// This file was written by ML.NET Model Builder.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace IssueLabels
{
    public partial class IssueModel
    {
        public class ModelInput
        {
            [LoadColumn(0)]
            [ColumnName(@"Area")]
            public string Area { get; set; }

            [LoadColumn(1)]
            [ColumnName(@"Title")]
            public string Title { get; set; }

            [LoadColumn(2)]
            [ColumnName(@"Description")]
            public string Description { get; set; }
        }

        public static ITransformer RetrainPipeline(MLContext context, IDataView trainData)
        {
            var pipeline = BuildPipeline(context);
            var model = pipeline.Fit(trainData);

            return model;
        }

        /// <summary>
        /// build the pipeline that is used from model builder. Use this function to retrain model.
        /// </summary>
        public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
        {
            var pipeline = mlContext.Transforms.Text.FeaturizeText(inputColumnName: @"Title", outputColumnName: @"Title")
                .Append(mlContext.Transforms.Text.FeaturizeText(inputColumnName: @"Description", outputColumnName: @"Description"))
                .Append(mlContext.Transforms.Concatenate(@"Features", new[] { @"Title", @"Description" }))
                .Append(mlContext.Transforms.Conversion.MapValueToKey(outputColumnName: @"Area", inputColumnName: @"Area", addKeyValueAnnotationsAsText: false))
                .Append(mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options() { NumberOfLeaves = 4, NumberOfIterations = 4, MinimumExampleCountPerLeaf = 20, LearningRate = 1, LabelColumnName = @"Area", FeatureColumnName = @"Features", Booster = new GradientBooster.Options() { SubsampleFraction = 1, FeatureFraction = 1, L1Regularization = 2E-10, L2Regularization = 1 }, MaximumBinCountPerFeature = 255 }))
                .Append(mlContext.Transforms.Conversion.MapKeyToValue(outputColumnName: @"PredictedLabel", inputColumnName: @"PredictedLabel"));

            return pipeline;
        }
    }
}
