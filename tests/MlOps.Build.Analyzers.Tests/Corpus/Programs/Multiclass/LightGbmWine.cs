using Microsoft.ML;
using Microsoft.ML.Data;

namespace Wine
{
    public class WineData
    {
        [LoadColumn(0)] public string Cultivar;
        [LoadColumn(1)] public float Alcohol;
        [LoadColumn(2)] public float Acid;
        [LoadColumn(3)] public float Colour;
    }

    public class WinePrediction
    {
        [ColumnName("PredictedLabel")] public uint Cultivar;
        [ColumnName("Score")] public float[] Scores;
    }

    class Program
    {
        static readonly MLContext mlContext = new MLContext();

        static void Main(string[] args)
        {
            var data = mlContext.Data.LoadFromTextFile<WineData>(@"C:\Users\wine\Desktop\wine.csv", separatorChar: ',');
            var shuffled = mlContext.Data.ShuffleRows(data);
            var split = mlContext.Data.TrainTestSplit(shuffled, testFraction: 0.3);

            var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Cultivar")
                .Append(mlContext.Transforms.Concatenate("Features", "Alcohol", "Acid", "Colour"))
                .Append(mlContext.MulticlassClassification.Trainers.LightGbm());

            var model = pipeline.Fit(split.TrainSet);
            var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
            Console.WriteLine($"MicroAccuracy = {metrics.MicroAccuracy}");

            var engine = mlContext.Model.CreatePredictionEngine<WineData, WinePrediction>(model);
            var prediction = engine.Predict(new WineData { Alcohol = 13.2f, Acid = 1.8f, Colour = 4.4f });
            Console.WriteLine($"Cultivar number {prediction.Cultivar}");
        }
    }
}
