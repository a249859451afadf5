using Microsoft.ML;
using Microsoft.ML.Data;

namespace Minerals;

public class Stone
{
    [LoadColumn(0)] public float Density { get; set; }
    [LoadColumn(1)] public float Hardness { get; set; }
    [LoadColumn(2)] public string Mineral { get; set; }
}

public static class StoneModel
{
    public static ITransformer Fit(MLContext ml, IDataView train)
    {
        var svm = ml.BinaryClassification.Trainers.LinearSvm();
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Stone.Mineral))
            .Append(ml.Transforms.Categorical.OneHotEncoding("Code", nameof(Stone.Mineral)))
            .Append(ml.Transforms.Concatenate("Features", nameof(Stone.Density), nameof(Stone.Hardness), "Code"))
            .Append(ml.MulticlassClassification.Trainers.OneVersusAll(svm))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(train);
    }
}
