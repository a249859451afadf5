using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Row = Quality.Steel.Coil;

namespace Quality.Steel
{
    public class Coil
    {
        [LoadColumn(0)] public bool Faulty;
        [LoadColumn(1, 9), VectorType(9)] public float[] Measures;
    }

    public static class Program
    {
        private const string Label = nameof(Row.Faulty);
        private const string Features = nameof(Row.Measures);

        public static void Main(string[] args)
        {
            var ml = new MLContext(seed: args.Length);
            var rows = ml.Data.LoadFromTextFile<Row>("coils.tsv", hasHeader: true);
            var split = ml.Data.TrainTestSplit(rows, 0.3);
            var kind = args.FirstOrDefault() ?? "fast";

            IEstimator<ITransformer> trainer = kind switch
            {
                "fast" => ml.BinaryClassification.Trainers.AveragedPerceptron(Label, Features),
                "svm" => ml.BinaryClassification.Trainers.LdSvm(Label, Features, treeDepth: 2),
                "field" => ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(Features, Label),
                "sgd" => ml.BinaryClassification.Trainers.SgdNonCalibrated(Label, Features),
                "sdca" => ml.BinaryClassification.Trainers.SdcaNonCalibrated(Label, Features, maximumNumberOfIterations: 30),
                "prior" => ml.BinaryClassification.Trainers.Prior(Label),
                "forest" => ml.BinaryClassification.Trainers.FastForest(Label, Features),
                _ => throw new ArgumentOutOfRangeException(nameof(args), kind, "no such trainer"),
            };

            var model = trainer.Fit(split.TrainSet);
            var scored = model.Transform(split.TestSet);
            var metrics = kind is "field" or "prior"
                ? ml.BinaryClassification.Evaluate(scored, Label)
                : ml.BinaryClassification.EvaluateNonCalibrated(scored, Label);
            Console.WriteLine($"{kind}: {metrics.AreaUnderRocCurve:F3}");
        }
    }
}
