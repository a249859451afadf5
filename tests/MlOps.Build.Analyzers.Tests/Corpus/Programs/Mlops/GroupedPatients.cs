using System;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Clinic;

public sealed class Visit
{
    [LoadColumn(0), GroupKey] public string Patient { get; set; }
    [LoadColumn(1), EventTime] public DateTime At { get; set; }
    [LoadColumn(2)] public float Pulse { get; set; }
    [LoadColumn(3)] public float Oxygen { get; set; }
    [LoadColumn(4), Target] public bool Emergency { get; set; }
}

public static class Program
{
    public static void Main(string[] args)
    {
        var ml = new MLContext(seed: 4);
        var visits = ml.Data.LoadFromTextFile<Visit>(args[0], separatorChar: ',', hasHeader: true, allowQuoting: true);
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Visit.Pulse), nameof(Visit.Oxygen))
            .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Visit.Emergency)));

        var mixed = ml.BinaryClassification.CrossValidate(visits, pipeline, labelColumnName: nameof(Visit.Emergency));
        var apart = ml.BinaryClassification.CrossValidate(
            visits, pipeline, labelColumnName: nameof(Visit.Emergency), samplingKeyColumnName: nameof(Visit.Patient));
        Console.WriteLine($"{mixed.Average(f => f.Metrics.AreaUnderRocCurve):F3} is flattered, {apart.Average(f => f.Metrics.AreaUnderRocCurve):F3} is not");

        var stratified = ml.Data.TrainTestSplit(visits, testFraction: 0.2, samplingKeyColumnName: nameof(Visit.Emergency));
        var model = pipeline.Fit(stratified.TrainSet);
        Console.WriteLine(ml.BinaryClassification.Evaluate(model.Transform(stratified.TestSet), nameof(Visit.Emergency)).AreaUnderRocCurve);
    }
}
