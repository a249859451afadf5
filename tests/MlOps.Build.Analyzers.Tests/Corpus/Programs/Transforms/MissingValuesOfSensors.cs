using System;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ColdChain
{
    public class SensorRow
    {
        [LoadColumn(0)] public float Temperature { get; set; }
        [LoadColumn(1)] public float Humidity { get; set; }
        [LoadColumn(2)] public float Door { get; set; }
        [LoadColumn(3)] public bool Spoiled { get; set; }
    }

    public static class Program
    {
        public static int Main(string[] args)
        {
            var ml = new MLContext(seed: 20);
            var loader = ml.Data.CreateTextLoader<SensorRow>(new TextLoader.Options
            {
                HasHeader = true,
                Separators = [','],
                MissingRealsAsNaNs = true,
            });
            var all = loader.Load(args[0]);
            var (train, test) = Halve(ml, all);

            var steps = ml.Transforms.IndicateMissingValues(
                    [
                        new InputOutputColumnPair("TemperatureMissing", nameof(SensorRow.Temperature)),
                        new InputOutputColumnPair("HumidityMissing", nameof(SensorRow.Humidity)),
                    ])
                .Append(ml.Transforms.ReplaceMissingValues(
                    nameof(SensorRow.Temperature), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
                .Append(ml.Transforms.ReplaceMissingValues(
                    nameof(SensorRow.Humidity), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Maximum))
                .Append(ml.Transforms.Conversion.ConvertType(
                    [new InputOutputColumnPair("TemperatureMissing"), new InputOutputColumnPair("HumidityMissing")], DataKind.Single))
                .Append(ml.Transforms.Concatenate(
                    "Features", nameof(SensorRow.Temperature), nameof(SensorRow.Humidity), nameof(SensorRow.Door), "TemperatureMissing", "HumidityMissing"))
                .Append(ml.BinaryClassification.Trainers.FastTree(labelColumnName: nameof(SensorRow.Spoiled)));

            var model = steps.Fit(train);
            var quality = ml.BinaryClassification.Evaluate(model.Transform(test), labelColumnName: nameof(SensorRow.Spoiled));
            Console.WriteLine(quality.AreaUnderRocCurve.ToString("F3", CultureInfo.InvariantCulture));
            return quality.AreaUnderRocCurve > 0.7 && quality.AreaUnderPrecisionRecallCurve > 0.4 ? 0 : 1;
        }

        private static (IDataView Train, IDataView Test) Halve(MLContext ml, IDataView view)
        {
            var split = ml.Data.TrainTestSplit(view, testFraction: 0.5, seed: 1);
            return (split.TrainSet, split.TestSet);
        }
    }
}
