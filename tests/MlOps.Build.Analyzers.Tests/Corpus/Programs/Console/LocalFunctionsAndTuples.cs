using System;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

const string Label = "Outcome";
var ml = new MLContext(seed: Environment.GetEnvironmentVariable("SEED") is { Length: > 0 } text ? int.Parse(text) : 1);
var (train, validation, test) = ThreeParts(Load(args.ElementAtOrDefault(0) ?? "matches.csv"));

var candidates = new (string Name, IEstimator<ITransformer> Estimator)[]
{
    ("linear", Prepare().Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(Label))),
    ("trees", Prepare().Append(ml.BinaryClassification.Trainers.FastTree(Label))),
    ("gam", Prepare().Append(ml.BinaryClassification.Trainers.Gam(Label))),
};

var (name, model, auc) = candidates
    .Select(candidate => (candidate.Name, Model: candidate.Estimator.Fit(train)))
    .Select(fitted => (fitted.Name, fitted.Model, Auc: Auc(fitted.Model, validation)))
    .MaxBy(judged => judged.Auc);
Console.WriteLine($"{name}: {auc:F3} when chosen, {Auc(model, test):F3} afterwards");
ml.Model.Save(model, train.Schema, Path.ChangeExtension(name, ".zip"));
return;

IDataView Load(string path) => ml.Data.LoadFromTextFile<Match>(path, separatorChar: ',', hasHeader: true);

(IDataView Train, IDataView Validation, IDataView Test) ThreeParts(IDataView all)
{
    var outer = ml.Data.TrainTestSplit(all, testFraction: 0.2);
    var inner = ml.Data.TrainTestSplit(outer.TrainSet, testFraction: 0.2);
    return (inner.TrainSet, inner.TestSet, outer.TestSet);
}

IEstimator<ITransformer> Prepare() => ml.Transforms.Concatenate("Features", nameof(Match.Elo), nameof(Match.Home), nameof(Match.Rest));

double Auc(ITransformer judged, IDataView rows) => ml.BinaryClassification.Evaluate(judged.Transform(rows), Label).AreaUnderRocCurve;

public sealed class Match
{
    [LoadColumn(0)] public float Elo { get; set; }
    [LoadColumn(1)] public float Home { get; set; }
    [LoadColumn(2)] public float Rest { get; set; }
    [LoadColumn(3)] public bool Outcome { get; set; }
}
