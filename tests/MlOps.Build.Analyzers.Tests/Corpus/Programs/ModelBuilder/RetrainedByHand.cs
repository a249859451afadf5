// Started from a file of Model Builder; the team has added its own steps.
using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Bikes
{
    public partial class BikeDemand
    {
        public class ModelInput
        {
            [LoadColumn(1), ColumnName(@"season")] public float Season { get; set; }
            [LoadColumn(2), ColumnName(@"hr")] public float Hr { get; set; }
            [LoadColumn(3), ColumnName(@"temp")] public float Temp { get; set; }
            [LoadColumn(4), ColumnName(@"casual")] public float Casual { get; set; }
            [LoadColumn(5), ColumnName(@"cnt")] public float Cnt { get; set; }
        }

        static partial void Log(string text);

        public static void Train(string path = "bikes.csv")
        {
            var mlContext = new MLContext();
            var data = mlContext.Data.LoadFromTextFile<ModelInput>(path, ',', true);
            var pipeline = mlContext.Transforms.ReplaceMissingValues(new[] { new InputOutputColumnPair(@"season", @"season"), new InputOutputColumnPair(@"temp", @"temp") })
                .Append(mlContext.Transforms.Concatenate(@"Features", @"season", @"hr", @"temp", @"cnt"))
                .Append(mlContext.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options() { NumberOfLeaves = 31, NumberOfIterations = 200, EarlyStoppingRound = 10, LabelColumnName = @"cnt", FeatureColumnName = @"Features" }));
            var model = pipeline.Fit(data);

            var metrics = mlContext.Regression.Evaluate(model.Transform(data), @"cnt");
            Log("R2 " + metrics.RSquared);
            mlContext.Model.Save(model, data.Schema, @"..\..\..\BikeDemand.mlnet");
        }

        static partial void Log(string text) => Console.WriteLine(text);
    }
}
