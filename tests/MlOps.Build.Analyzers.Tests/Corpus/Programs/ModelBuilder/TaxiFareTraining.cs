// This file was written by ML.NET Model Builder.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace TaxiFare_App
{
    public partial class TaxiFare
    {
        public const string RetrainFilePath = @"C:\Users\anna\Downloads\taxi-fare-full.csv";
        public const char RetrainSeparatorChar = ',';
        public const bool RetrainHasHeader = true;
        public const bool RetrainAllowQuoting = false;

        public class ModelInput
        {
            [LoadColumn(0), ColumnName(@"vendor_id")] public string Vendor_id { get; set; }
            [LoadColumn(1), ColumnName(@"rate_code")] public float Rate_code { get; set; }
            [LoadColumn(2), ColumnName(@"passenger_count")] public float Passenger_count { get; set; }
            [LoadColumn(4), ColumnName(@"trip_distance")] public float Trip_distance { get; set; }
            [LoadColumn(6), ColumnName(@"fare_amount")] public float Fare_amount { get; set; }
        }

        /// <summary>
        /// Train a new model with the provided dataset.
        /// </summary>
        public static void Train(string outputModelPath, string inputDataFilePath = RetrainFilePath, char separatorChar = RetrainSeparatorChar, bool hasHeader = RetrainHasHeader, bool allowQuoting = RetrainAllowQuoting)
        {
            var mlContext = new MLContext();

            var data = LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader, allowQuoting);
            var model = RetrainModel(mlContext, data);
            SaveModel(mlContext, model, data, outputModelPath);
        }

        public static IDataView LoadIDataViewFromFile(MLContext mlContext, string inputDataFilePath, char separatorChar, bool hasHeader, bool allowQuoting)
        {
            return mlContext.Data.LoadFromTextFile<ModelInput>(inputDataFilePath, separatorChar, hasHeader, allowQuoting: allowQuoting);
        }

        public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath)
        {
            // Pull the data schema from the IDataView used for training the model
            DataViewSchema dataViewSchema = data.Schema;

            using (var fs = File.Create(modelSavePath))
            {
                mlContext.Model.Save(model, dataViewSchema, fs);
            }
        }

        public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData)
        {
            var pipeline = BuildPipeline(mlContext);
            var model = pipeline.Fit(trainData);

            return model;
        }

        public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
        {
            // Data process configuration with pipeline data transformations
            var pipeline = mlContext.Transforms.Categorical.OneHotEncoding(@"vendor_id", @"vendor_id", outputKind: Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind.Indicator)
                .Append(mlContext.Transforms.ReplaceMissingValues(new[] { new InputOutputColumnPair(@"rate_code", @"rate_code"), new InputOutputColumnPair(@"passenger_count", @"passenger_count"), new InputOutputColumnPair(@"trip_distance", @"trip_distance") }))
                .Append(mlContext.Transforms.Concatenate(@"Features", new[] { @"vendor_id", @"rate_code", @"passenger_count", @"trip_distance" }))
                .Append(mlContext.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options() { NumberOfLeaves = 4, MinimumExampleCountPerLeaf = 20, NumberOfTrees = 4, MaximumBinCountPerFeature = 254, FeatureFraction = 1, LearningRate = 0.1, LabelColumnName = @"fare_amount", FeatureColumnName = @"Features", DiskTranspose = false }));

            return pipeline;
        }
    }
}
