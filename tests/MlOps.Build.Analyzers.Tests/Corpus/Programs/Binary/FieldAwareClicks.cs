using Microsoft.ML;
using Microsoft.ML.Data;

namespace Catalogue.Suggestions;

internal sealed class View
{
    [LoadColumn(0)] public bool Bought { get; set; }
    [LoadColumn(1)] public string UserId { get; set; }
    [LoadColumn(2)] public string Item { get; set; }
    [LoadColumn(3)] public string Hour { get; set; }
}

internal sealed class Suggestion
{
    public float Probability { get; set; }
}

internal class SuggestionTrainer
{
    public PredictionEngine<View, Suggestion> Build(string file)
    {
        var ml = new MLContext(seed: 8);
        var views = ml.Data.LoadFromTextFile<View>(file, hasHeader: true);
        var split = ml.Data.TrainTestSplit(views, testFraction: 0.1);
        string[] fields = ["User", "Thing", "Time"];
        var pipeline = ml.Transforms.Categorical.OneHotHashEncoding(fields[0], nameof(View.UserId))
            .Append(ml.Transforms.Categorical.OneHotHashEncoding(fields[1], nameof(View.Item)))
            .Append(ml.Transforms.Categorical.OneHotEncoding(fields[2], nameof(View.Hour)))
            .Append(ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(fields, nameof(View.Bought)));
        var model = pipeline.Fit(split.TrainSet);
        var auc = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(View.Bought)).AreaUnderRocCurve;
        Console.WriteLine($"AUC={auc:F3}");
        return ml.Model.CreatePredictionEngine<View, Suggestion>(model);
    }
}
