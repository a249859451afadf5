using Microsoft.ML;
using Microsoft.ML.Data;

namespace News;

public class Article
{
    [LoadColumn(0)] public string Section;
    [LoadColumn(1)] public string Headline;
}

public class SectionTrainer
{
    public MulticlassClassificationMetrics Train(string trainFile, string testFile, out ITransformer model)
    {
        var ml = new MLContext(5);
        var loader = ml.Data.CreateTextLoader<Article>(hasHeader: true);
        var train = loader.Load(trainFile);
        var test = loader.Load(testFile);

        var binary = ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 50);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Article.Section))
            .Append(ml.Transforms.Text.FeaturizeText("Features", nameof(Article.Headline)))
            .Append(ml.MulticlassClassification.Trainers.OneVersusAll(binary, "Label"))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Section", "PredictedLabel"));

        model = pipeline.Fit(train);
        using (var file = File.Create("sections.zip"))
        {
            ml.Model.Save(model, train.Schema, file);
        }

        return ml.MulticlassClassification.Evaluate(model.Transform(test));
    }

    public double TrainingAccuracy(MLContext ml, ITransformer model, IDataView train) =>
        ml.MulticlassClassification.Evaluate(model.Transform(train)).MicroAccuracy;
}
