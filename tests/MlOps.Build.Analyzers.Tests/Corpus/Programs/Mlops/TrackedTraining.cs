using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Loans;

public interface IRun : IDisposable
{
    [LogsMetrics] void Log(string name, double value);
}

public interface ITracker
{
    [StartsRun] IRun Start(string name);
}

public interface IRegistry
{
    [RegistersModel] string Register(string name, string file, IReadOnlyDictionary<string, double> metrics);
}

public sealed class LoanRow
{
    [LoadColumn(0)] public float Amount { get; set; }
    [LoadColumn(1)] public float Income { get; set; }
    [LoadColumn(2), Target] public bool Repaid { get; set; }
}

public sealed record LoanSettings(int Seed, int Trees, int Leaves, double Rate, string Data);

public sealed class LoanTraining(ITracker tracker, IRegistry registry, LoanSettings settings)
{
    [TrainingEntryPoint]
    public string Train()
    {
        using var run = tracker.Start("loans");
        var ml = new MLContext(settings.Seed);
        var rows = ml.Data.LoadFromTextFile<LoanRow>(settings.Data, separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: settings.Seed);
        var model = ml.Transforms.Concatenate("Features", nameof(LoanRow.Amount), nameof(LoanRow.Income))
            .Append(ml.BinaryClassification.Trainers.FastTree(
                nameof(LoanRow.Repaid), numberOfTrees: settings.Trees, numberOfLeaves: settings.Leaves, learningRate: settings.Rate))
            .Fit(split.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(LoanRow.Repaid));
        run.Log("auc", metrics.AreaUnderRocCurve);
        run.Log("log-loss", metrics.LogLoss);
        return Publish(ml, model, split.TrainSet.Schema, metrics);
    }

    private string Publish(MLContext ml, ITransformer model, DataViewSchema schema, CalibratedBinaryClassificationMetrics metrics)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ml.Model.Save(model, schema, file);
        return registry.Register("loans", file, new Dictionary<string, double>(StringComparer.Ordinal) { ["auc"] = metrics.AreaUnderRocCurve });
    }
}
