using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Hospital.Stay;

public class Admission
{
    [LoadColumn(0)] public float Age { get; set; }
    [LoadColumn(1)] public float Pressure { get; set; }
    [LoadColumn(2)] public float Days { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var raw = ml.Data.LoadFromTextFile<Admission>(args[0], separatorChar: ',', hasHeader: true);
        var impute = ml.Transforms.ReplaceMissingValues(nameof(Admission.Pressure), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean);
        var filled = impute.Fit(raw).Transform(raw);

        foreach (var fold in ml.Data.CrossValidationSplit(filled, numberOfFolds: 5))
        {
            var model = ml.Transforms.Concatenate("Features", nameof(Admission.Age), nameof(Admission.Pressure))
                .Append(ml.Regression.Trainers.FastForest(nameof(Admission.Days)))
                .Fit(fold.TrainSet);
            Console.WriteLine(ml.Regression.Evaluate(model.Transform(fold.TestSet), nameof(Admission.Days)).MeanAbsoluteError);
        }
    }
}
