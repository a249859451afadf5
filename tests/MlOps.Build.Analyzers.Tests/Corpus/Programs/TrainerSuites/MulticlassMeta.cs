using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Crops
{
    public class Plot
    {
        [LoadColumn(0, 6)]
        [VectorType(7)]
        public float[] Soil { get; set; }

        [LoadColumn(7)]
        public string Crop { get; set; }
    }

    public class CropAdvice
    {
        public string PredictedLabel { get; set; }
        public float[] Score { get; set; }
    }

    public class CropModels
    {
        private readonly MLContext _ml = new MLContext(seed: 2025);

        public IEnumerable<(string, double)> Compare(string path)
        {
            var data = _ml.Data.LoadFromTextFile<Plot>(path, separatorChar: ',', hasHeader: true);
            var label = _ml.Transforms.Conversion.MapValueToKey(
                "Label", nameof(Plot.Crop), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
            var scaled = label.Append(_ml.Transforms.NormalizeMinMax("Features", nameof(Plot.Soil)));
            var binary = _ml.BinaryClassification.Trainers.AveragedPerceptron();

            yield return ("one versus all", Accuracy(scaled.Append(_ml.MulticlassClassification.Trainers.OneVersusAll(binary)), data));
            yield return ("pairwise", Accuracy(scaled.Append(_ml.MulticlassClassification.Trainers.PairwiseCoupling(binary)), data));
            yield return ("naive bayes", Accuracy(scaled.Append(_ml.MulticlassClassification.Trainers.NaiveBayes()), data));
            yield return ("maximum entropy", Accuracy(scaled.Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()), data));
            yield return ("sdca", Accuracy(scaled.Append(_ml.MulticlassClassification.Trainers.SdcaNonCalibrated()), data));
        }

        private double Accuracy(IEstimator<ITransformer> pipeline, IDataView data) =>
            _ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 5).Average(fold => fold.Metrics.MacroAccuracy);
    }
}
