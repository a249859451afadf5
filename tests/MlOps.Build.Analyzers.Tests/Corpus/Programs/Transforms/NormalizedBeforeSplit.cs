using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HousePrices
{
    class House
    {
        [LoadColumn(0)] public float Area;
        [LoadColumn(1)] public float Rooms;
        [LoadColumn(2)] public float Age;
        [LoadColumn(3), ColumnName("Label")] public float Price;
    }

    class Program
    {
        static void Main(string[] args)
        {
            var mlContext = new MLContext();
            var data = mlContext.Data.LoadFromTextFile<House>("houses.csv", hasHeader: true, separatorChar: ',');

            // scale everything first
            var prep = mlContext.Transforms.Concatenate("Features", "Area", "Rooms", "Age")
                .Append(mlContext.Transforms.NormalizeMinMax("Features"));
            var scaled = prep.Fit(data).Transform(data);

            var split = mlContext.Data.TrainTestSplit(scaled, testFraction: 0.2);
            var trainer = mlContext.Regression.Trainers.Sdca();
            var model = trainer.Fit(split.TrainSet);

            var metrics = mlContext.Regression.Evaluate(model.Transform(split.TestSet));
            Console.WriteLine($"R2 {metrics.RSquared:0.##}  RMSE {metrics.RootMeanSquaredError:0.##}");

            mlContext.Model.Save(model, scaled.Schema, Path.Combine(AppContext.BaseDirectory, "houses.zip"));
        }
    }
}
