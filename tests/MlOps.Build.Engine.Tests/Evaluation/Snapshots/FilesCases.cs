using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Plain files that are judged, and plain files that cannot be.</summary>
internal static class FilesCases
{
    private static readonly FilesRequest Golden = new() { Folder = Path.Combine(AppContext.BaseDirectory, "Golden"), Predictions = "pred-penguins.csv", Label = "y", Resamples = 200 };

    public static IReadOnlyDictionary<string, Func<CaseFolder, FilesRequest>> Judged { get; } = new Dictionary<string, Func<CaseFolder, FilesRequest>>
    {
        ["files-ties"] = _ => Golden with { Predictions = "pred-ties.csv", Threshold = 0.45, Metrics = ["auc", "accuracy", "precision", "npv", "recall", "specificity", "f1", "log-loss", "lift@0.2", "ks"] },
        ["files-penguins"] = _ => Golden with { Score = "challenger", Baseline = "pred-penguins.csv", BaselineScore = "champion", RowId = "row", Confidence = 0.9, Margins = [(null, new(0.02, false)), ("accuracy", new(0.05, true))] },
        ["files-letters"] = _ => Golden with { Predictions = "pred-letter.csv", Score = "challenger", Baseline = "pred-letter.csv", BaselineScore = "champion", Metrics = ["accuracy", "macro-f1", "accuracy", "cohen-kappa"] },
        ["files-binary"] = folder => Binary(folder) with { Margins = [("auc", new(0.01, false)), ("accuracy", new(0.02, false)), ("f1", new(0.1, true)), ("log-loss", new(0.05, false))] },
        ["files-cut"] = folder => Binary(folder) with { Slices = ["origin", "hour", "origin & carrier"], Groups = ["carrier"], Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Quantiles = 3 } }, Metrics = ["auc", "precision"], MinimumRows = 10 },
        ["files-blocks"] = folder => Binary(folder) with { Blocks = "tail", Metrics = ["auc", "accuracy", "f1", "brier"], Margins = [("auc", new(0.02, false))] },
        ["files-chosen"] = folder => Binary(folder) with { Choose = ThresholdRule.Of("youden"), Validation = Side(folder, "va.csv", 41, 9, 0.5), BaselineValidation = Side(folder, "vb.csv", 41, 9, 0.9), Metrics = ["f1", "recall"] },
        ["files-regression"] = folder => Numbers(folder) with { Margins = [("mae", new(0.1, false)), (null, new(0.05, true))] },
        ["files-places"] = folder => Numbers(folder) with { RowId = null, Metrics = ["mae", "r2", "pinball@0.9"] },
        ["files-classes"] = folder => Classes(folder),
        ["files-groups"] = folder => Binary(folder) with { Slices = ["origin"], Groups = ["carrier"], Metrics = ["auc"], MinimumRows = 10 },
        ["files-quiet"] = folder => With(folder, "y,score|1,0.1|0,0.3|1,0.2|0,0.05") with { Metrics = ["accuracy", "precision", "recall", "npv"] },
        ["files-written-numbers"] = folder => With(folder, "y,score|1.0,0.9|0.0,0.3|1.0,0.2|0.0,0.05") with { Metrics = ["accuracy"], Slices = ["y"], Score = "score" },
        ["files-no-second-label"] = folder => With(folder, "y,score|1,0.9|0,0.3|1,0.2|0,0.05") with { Baseline = Path.GetFileName(folder.Write("b.csv", "score|0.8|0.1|0.7|0.3")), Metrics = ["accuracy"] },
        ["files-equal-labels"] = folder => With(folder, "y,score|3,2.5|3,3.5|3,4") with { Task = ModelTask.Regression, Metrics = ["mae", "r2"] },
        ["files-named-classes"] = folder => With(folder, "y,cat,dog,eel|cat,0.5,0.2,0.3|dog,0.1,0.8,0.1|eel,0.3,0.3,0.4|cat,0.1,0.2,0.7") with { Metrics = ["accuracy", "log-loss"] },
        ["files-prob-classes"] = folder => With(folder, "y,prob_cat,prob_dog,prob_eel|cat,0.5,0.2,0.3|dog,0.1,0.8,0.1|cat,0.3,0.3,0.4") with { Metrics = ["accuracy", "log-loss"] },
        ["files-alone"] = folder => Binary(folder) with { Baseline = null, Slices = ["origin"] },
    };

    public static IReadOnlyDictionary<string, Func<CaseFolder, FilesRequest>> Refused { get; } = new Dictionary<string, Func<CaseFolder, FilesRequest>>
    {
        ["no file"] = _ => Request(),
        ["no table"] = folder => With(folder, string.Empty) with { Predictions = Parquet(folder) },
        ["no label column"] = folder => With(folder, "yy,score|1,0.5"),
        ["no label column, near"] = folder => With(folder, "label,score|1,0.5") with { Label = "lable" },
        ["no rows"] = folder => With(folder, "y,score"),
        ["a label is missing"] = folder => With(folder, "y,score|1,0.5|,0.2|,0.3"),
        ["a label is missing, with ids"] = folder => With(folder, "row_id,y,score|a,1,0.5|b,,0.2"),
        ["one class"] = folder => With(folder, "y,score|1,0.5|1,0.2") with { Task = ModelTask.MulticlassClassification, Score = "score" },
        ["one class of two"] = folder => With(folder, "y,score|1,0.5|1,0.2"),
        ["one other class"] = folder => With(folder, "y,score|0,0.5|0,0.2"),
        ["no positive class"] = folder => With(folder, "y,score|late,0.5|early,0.2"),
        ["another positive class"] = folder => With(folder, "y,score|late,0.5|early,0.2") with { Positive = "later" },
        ["three values"] = folder => With(folder, "y,score|1,0.5|0,0.2|2,0.2") with { Task = ModelTask.BinaryClassification },
        ["five values"] = folder => With(folder, "y,score|1,0.5|0,0.2|2,0.2|3,0.2|4,0.2") with { Task = ModelTask.BinaryClassification },
        ["unknown task"] = folder => With(folder, "y,score|a,1.5|b,0.2|c,4"),
        ["no numbers"] = folder => With(folder, "y,score|a,1.5|2,0.2|c,4") with { Task = ModelTask.Regression },
        ["beyond all numbers"] = folder => With(folder, "y,score|1e80,1.5|2,0.2") with { Task = ModelTask.Regression },
        ["no probability"] = folder => With(folder, "row_id,y,score|a,1,1.5|b,0,-0.2|c,0,") with { Task = ModelTask.BinaryClassification },
        ["no finite score"] = folder => With(folder, "y,score|1,1e99|2,3") with { Task = ModelTask.Regression },
        ["no predicted class"] = folder => With(folder, "y,prediction|a,a|b,|c,a|c,c"),
        ["no scores"] = folder => With(folder, "y,first,second|1,0.1,0.2"),
        ["no such scores"] = folder => With(folder, "y,first,second|1,0.1,0.2") with { Score = "firts" },
        ["no such baseline scores"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Baseline = folder.Write("b.csv", "score2,other|0.1,3|0.2,4"), BaselineScore = "none" },
        ["the label as scores"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Score = "y" },
        ["the label as baseline scores"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Baseline = "a.csv", BaselineScore = "y" },
        ["the same scores"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Baseline = "a.csv" },
        ["classes held against numbers"] = folder => With(folder, "row_id,y,prediction|a,x,x|b,z,y|c,y,y") with { Baseline = folder.Write("b.csv", "row_id,prediction|a,1|b,2|c,3"), Task = null },
        ["no file of labels"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Labels = "none.csv" },
        ["some named classes"] = folder => With(folder, "y,cat,dog,x|cat,0.5,0.2,0.3|dog,0.1,0.8,0.1|eel,0.3,0.3,0.4"),
        ["two named classes"] = folder => With(folder, "y,cat,dog,x|cat,0.5,0.2,0.3|dog,0.1,0.8,0.1"),
        ["too many groups"] = folder => With(folder, "y,score,id|" + string.Join('|', Enumerable.Range(0, 1001).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row % 2},0.5,i{row}")))) with { Score = "score", Groups = ["id"] },
        ["no id"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { RowId = "row" },
        ["no slice"] = folder => With(folder, "y,score,origin|1,0.1,a|0,0.3,b") with { Score = "score", Slices = ["orign"] },
        ["no group"] = folder => With(folder, "y,score,origin|1,0.1,a|0,0.3,b") with { Score = "score", Groups = ["sex"] },
        ["no block"] = folder => With(folder, "y,score,origin|1,0.1,a|0,0.3,b") with { Score = "score", Blocks = "tail" },
        ["unused bands"] = folder => With(folder, "y,score,hour|1,0.1,2|0,0.3,3") with { Score = "score", Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Quantiles = 2 } } },
        ["bands of words"] = folder => With(folder, "y,score,hour|1,0.1,2|0,0.3,noon") with { Score = "score", Slices = ["hour"], Bands = new Dictionary<string, BandConfiguration> { ["hour"] = new() { Quantiles = 2 } } },
        ["groups of a regression"] = folder => With(folder, "y,score,sex|1.5,0.1,f|2,0.3,m|4,1,m") with { Groups = ["sex"] },
        ["two margins"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Margins = [("auc", new(0, false)), (null, new(0.1, false))] },
        ["a margin of no metric"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Margins = [("rmse", new(0, false))] },
        ["an unknown metric"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Metrics = ["acuracy"] },
        ["a metric of probabilities"] = folder => With(folder, "y,prediction|a,a|b,a|c,c") with { Metrics = ["log-loss"] },
        ["fewer rows"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Baseline = folder.Write("b.csv", "y,score|1,0.1") },
        ["other labels"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Baseline = folder.Write("b.csv", "y,score|1,0.1|1,0.4") },
        ["a missing row"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3|c,0,0.3") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1|b,0.2") },
        ["missing rows"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3|c,0,0.3|d,0,0.1|e,1,1") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1") },
        ["a row too many"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1|b,0.2|c,0.2") },
        ["rows too many"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1|b,0.2|c,0.2|d,0.1") },
        ["an id twice"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1|a,0.2") },
        ["no id in a row"] = folder => With(folder, "row_id,y,score|a,1,0.1|,0,0.3") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1|b,0.2") },
        ["no id in a row of the other"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3") with { Baseline = folder.Write("b.csv", "row_id,score|a,0.1|,0.2") },
        ["too many slices"] = folder => With(folder, "y,score,id|" + string.Join('|', Enumerable.Range(0, 1001).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row % 2},0.5,i{row}")))) with { Score = "score", Slices = ["id"] },
        ["no validation rows"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Choose = ThresholdRule.Of("youden") },
        ["no validation rows of the baseline"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Baseline = folder.Write("b.csv", "y,score|1,0.1|0,0.4"), Choose = ThresholdRule.Of("youden"), Validation = folder.Write("v.csv", "y,score|1,0.2|0,0.3") },
        ["the same validation file"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Choose = ThresholdRule.Of("youden"), Validation = "a.csv" },
        ["a validation row that is judged"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3") with { Choose = ThresholdRule.Of("youden"), Validation = folder.Write("v.csv", "row_id,y,score|b,1,0.2|c,0,0.3") },
        ["validation rows that are judged"] = folder => With(folder, "row_id,y,score|a,1,0.1|b,0,0.3") with { Choose = ThresholdRule.Of("youden"), Validation = folder.Write("v.csv", "row_id,y,score|b,1,0.2|a,0,0.3|d,1,0.5") },
        ["validation rows of one class"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Choose = ThresholdRule.Of("youden"), Validation = folder.Write("v.csv", "y,score|1,0.2|1,0.3") },
        ["validation rows of other labels"] = folder => With(folder, "y,score|1,0.1|0,0.3") with { Choose = ThresholdRule.Of("youden"), Validation = folder.Write("v.csv", "y,score|1,0.2|x,0.3|z,0.3") },
        ["a threshold of numbers"] = folder => With(folder, "y,score|1.5,0.1|0,0.3|4,3") with { Choose = ThresholdRule.Of("youden"), Validation = "v.csv" },
    };

    private static FilesRequest Request() => new() { Predictions = "a.csv", Label = "y", Resamples = 50 };

    private static FilesRequest With(CaseFolder folder, string lines)
    {
        folder.Write("a.csv", lines);
        return Request() with { Folder = folder.Path };
    }

    private static string Parquet(CaseFolder folder)
    {
        folder.Write("a.parquet", "no parquet");
        return "a.parquet";
    }

    private static FilesRequest Binary(CaseFolder folder) => new()
    {
        Folder = folder.Path,
        Predictions = Path.GetFileName(Side(folder, "a.csv", 3, 120, 0.4)),
        Baseline = Path.GetFileName(Side(folder, "b.csv", 3, 120, 0.8)),
        Label = "late",
        RowId = "id",
        Score = "score",
        Resamples = 200,
    };

    private static string Side(CaseFolder folder, string name, int seed, int rows, double noise)
    {
        var fixture = new EvaluationFixture(rows, (ulong)seed).Train(noise, null);
        var lines = fixture.Labels.Select((label, row) => string.Create(
            CultureInfo.InvariantCulture,
            $"r{seed}-{row},{(label == 1 ? "yes" : "no")},{Math.Round(fixture.Challenger[0].Predictions.Scores[0][row], 3)},{"EWR JFK LGA".Split(' ')[row % 5 % 3]},{(row % 4 == 0 ? "AA" : "UA")},{row * 7 % 24},{row / 3}"));
        return folder.Write(name, "id,late,score,origin,carrier,hour,tail|" + string.Join('|', lines));
    }

    private static FilesRequest Numbers(CaseFolder folder)
    {
        var random = new EvaluationFixture(1, 21);
        double[] labels = [.. Enumerable.Range(0, 90).Select(_ => Math.Round(20 + (5 * random.Gauss()), 1))];
        string Lines(double noise) => "id,fare,prediction|" + string.Join('|', labels.Select((label, row) => string.Create(CultureInfo.InvariantCulture, $"t{row},{label},{Math.Round(label + (noise * random.Gauss()), 2)}")));
        folder.Write("a.csv", Lines(1));
        folder.Write("b.csv", Lines(1.4));
        return new() { Folder = folder.Path, Predictions = "a.csv", Baseline = "b.csv", Label = "fare", RowId = "id", Resamples = 200 };
    }

    private static FilesRequest Classes(CaseFolder folder)
    {
        string Lines(int salt) => "row_id,kind,p_cat,p_dog,p_eel|" + string.Join('|', Enumerable.Range(0, 60).Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"k{row},{(row % 3 == 0 ? "dog" : "cat")},{0.1 * (row * salt % 7)},{0.05 * (row * salt % 11)},{Math.Round(1 - (0.1 * (row * salt % 7)), 1)}")));
        folder.Write("a.csv", Lines(3));
        folder.Write("b.csv", Lines(5));
        return new() { Folder = folder.Path, Predictions = "a.csv", Baseline = "b.csv", Label = "kind", Resamples = 200, Task = ModelTask.MulticlassClassification };
    }
}
