using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace TaxiFares
{
    public class TaxiTrip
    {
        [LoadColumn(0)] public string VendorId;
        [LoadColumn(1)] public float PassengerCount;
        [LoadColumn(2)] public float TripDistance;
        [LoadColumn(3)] public float FareAmount;
    }

    public class TaxiTripFarePrediction
    {
        [ColumnName("Score")] public float FareAmount;
    }

    class Program
    {
        static readonly string _trainDataPath = "Data/taxi-fare-train.csv";
        static readonly string _testDataPath = "Data/taxi-fare-test.csv";

        static void Main(string[] args)
        {
            MLContext mlContext = new MLContext();
            var model = Train(mlContext, _trainDataPath);
            Evaluate(mlContext, model);
            TestSinglePrediction(mlContext, model);
        }

        static ITransformer Train(MLContext mlContext, string dataPath)
        {
            IDataView dataView = mlContext.Data.LoadFromTextFile<TaxiTrip>(dataPath, hasHeader: true, separatorChar: ',');
            var pipeline = mlContext.Transforms.CopyColumns(outputColumnName: "Label", inputColumnName: "FareAmount")
                .Append(mlContext.Transforms.Categorical.OneHotEncoding(outputColumnName: "VendorIdEncoded", inputColumnName: "VendorId"))
                .Append(mlContext.Transforms.Concatenate("Features", "VendorIdEncoded", "PassengerCount", "TripDistance"))
                .Append(mlContext.Regression.Trainers.Sdca());
            var model = pipeline.Fit(dataView);
            return model;
        }

        private static void Evaluate(MLContext mlContext, ITransformer model)
        {
            IDataView dataView = mlContext.Data.LoadFromTextFile<TaxiTrip>(_testDataPath, hasHeader: true, separatorChar: ',');
            var predictions = model.Transform(dataView);
            var metrics = mlContext.Regression.Evaluate(predictions, "Label", "Score");
            Console.WriteLine($"RSquared {metrics.RSquared:0.##}, RMSE {metrics.RootMeanSquaredError:#.##}");
        }

        private static void TestSinglePrediction(MLContext mlContext, ITransformer model)
        {
            var predictionFunction = mlContext.Model.CreatePredictionEngine<TaxiTrip, TaxiTripFarePrediction>(model);
            var prediction = predictionFunction.Predict(new TaxiTrip { VendorId = "VTS", PassengerCount = 1, TripDistance = 3.75f });
            Console.WriteLine($"Predicted fare: {prediction.FareAmount:0.####}");
        }
    }
}
