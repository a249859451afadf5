using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AdultIncome
{
    public class Person
    {
        [LoadColumn(0)] public float Age { get; set; }
        [LoadColumn(1)] public string Education { get; set; }
        [LoadColumn(2)] public string MaritalStatus { get; set; }
        [LoadColumn(3)] public string Race { get; set; }
        [LoadColumn(4)] public string Sex { get; set; }
        [LoadColumn(5)] public float HoursPerWeek { get; set; }
        [LoadColumn(6), ColumnName("Label")] public bool Above50K { get; set; }
    }

    class Program
    {
        static void Main(string[] args)
        {
            var mlContext = new MLContext(seed: 1);
            var data = mlContext.Data.LoadFromTextFile<Person>("adult.tsv", hasHeader: true);
            var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.2);

            var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("EducationEncoded", "Education")
                .Append(mlContext.Transforms.Categorical.OneHotEncoding("MaritalStatusEncoded", "MaritalStatus"))
                .Append(mlContext.Transforms.Categorical.OneHotEncoding("RaceEncoded", "Race"))
                .Append(mlContext.Transforms.Categorical.OneHotEncoding("SexEncoded", "Sex"))
                .Append(mlContext.Transforms.Concatenate("Features", "Age", "EducationEncoded", "MaritalStatusEncoded", "RaceEncoded", "SexEncoded", "HoursPerWeek"))
                .Append(mlContext.BinaryClassification.Trainers.LightGbm());

            var model = pipeline.Fit(split.TrainSet);
            var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(split.TestSet));
            Console.WriteLine($"AUC {metrics.AreaUnderRocCurve:P2}, F1 {metrics.F1Score:P2}");
        }
    }
}
