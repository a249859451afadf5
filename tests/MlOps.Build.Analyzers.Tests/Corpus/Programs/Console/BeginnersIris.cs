using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace IrisConsole
{
    // Step 1: define the data classes
    public class IrisData
    {
        [LoadColumn(0)] public float SepalLength;
        [LoadColumn(1)] public float SepalWidth;
        [LoadColumn(2)] public float PetalLength;
        [LoadColumn(3)] public float PetalWidth;
        [LoadColumn(4)] public string Label;
    }

    public class IrisPrediction
    {
        [ColumnName("PredictedLabel")] public string PredictedLabels;
    }

    class Program
    {
        static void Main(string[] args)
        {
            // Step 2: environment
            var mlContext = new MLContext();

            // Step 3: data
            IDataView trainingDataView = mlContext.Data.LoadFromTextFile<IrisData>(path: "iris-data.csv", hasHeader: false);

            // Step 4: pipeline
            var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label")
                .Append(mlContext.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth"))
                .AppendCacheCheckpoint(mlContext)
                .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(labelColumnName: "Label", featureColumnName: "Features"))
                .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

            // Step 5: train
            var model = pipeline.Fit(trainingDataView);

            // Step 6: how good is it?
            var predictions = model.Transform(trainingDataView);
            var metrics = mlContext.MulticlassClassification.Evaluate(predictions);
            Console.WriteLine($"Accuracy: {metrics.MacroAccuracy}");

            // Step 7: predict
            var prediction = mlContext.Model.CreatePredictionEngine<IrisData, IrisPrediction>(model).Predict(
                new IrisData { SepalLength = 3.3f, SepalWidth = 1.6f, PetalLength = 0.2f, PetalWidth = 5.1f });
            Console.WriteLine($"Predicted flower type is: {prediction.PredictedLabels}");
        }
    }
}
