using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Legacy.Forecast
{
    public class Row
    {
        [LoadColumn(0)] public float X;
        [LoadColumn(1)] public float Label;
    }

    class Program
    {
        private const string BasePath = @"D:\Projects\Forecast\Data\";
        private static readonly string ModelFile = Path.Combine("..", "..", "Models", "forecast.zip");

        static void Main(string[] args)
        {
            var ml = new MLContext(seed: 1);
            var train = ml.Data.LoadFromTextFile<Row>(BasePath + "train.tsv", hasHeader: true);
            var test = ml.Data.LoadFromTextFile<Row>(args.Length > 0 ? args[0] : "/mnt/share/test.tsv", hasHeader: true);

            var model = ml.Transforms.Concatenate("Features", nameof(Row.X)).Append(ml.Regression.Trainers.FastTree()).Fit(train);
            Console.WriteLine(ml.Regression.Evaluate(model.Transform(test)).RSquared);
            ml.Model.Save(model, train.Schema, ModelFile);

            File.WriteAllText(@"C:\Temp\log.txt", "done");
            var reports = new Dictionary<string, string> { ["/report"] = "not a file of ML.NET" };
            using (var stream = File.Create(Path.Combine(AppContext.BaseDirectory, "forecast.onnx.txt")))
            {
                ml.Data.SaveAsText(model.Transform(test), stream);
            }

            var again = ml.Model.Load(Path.Combine(AppContext.BaseDirectory, "models", "forecast.zip"), out _);
            Console.WriteLine(again.GetOutputSchema(train.Schema).Count + reports.Count);
        }
    }
}
