using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Hiring;

public class Applicant
{
    [LoadColumn(0)] public float Years { get; set; }
    [LoadColumn(1)] public float Tests { get; set; }
    [LoadColumn(2), Sensitive] public string Origin { get; set; }
    [LoadColumn(3), Sensitive(Justification = "The works council asked for it: early retirement.")] public float Age { get; set; }
    [LoadColumn(4), PersonalData] public string Email { get; set; }
    [LoadColumn(5), Target] public bool Invited { get; set; }
}

public static class Screening
{
    public static ITransformer Unfair(MLContext ml, string file)
    {
        var rows = ml.Data.LoadFromTextFile<Applicant>(file, hasHeader: true);
        return ml.Transforms.Categorical.OneHotEncoding("OriginKind", nameof(Applicant.Origin))
            .Append(ml.Transforms.Concatenate("Features", nameof(Applicant.Years), nameof(Applicant.Tests), nameof(Applicant.Age), "OriginKind"))
            .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Applicant.Invited)))
            .Fit(rows);
    }

    public static IReadOnlyDictionary<string, double> Fair(MLContext ml, string file)
    {
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromTextFile<Applicant>(file, hasHeader: true), 0.3);
        var model = ml.Transforms.Concatenate("Features", nameof(Applicant.Years), nameof(Applicant.Tests))
            .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Applicant.Invited)))
            .Fit(split.TrainSet);

        var byOrigin = new Dictionary<string, double>(StringComparer.Ordinal);
        var scored = model.Transform(split.TestSet);
        foreach (var origin in new[] { "inland", "abroad" })
        {
            var group = ml.Data.FilterByCustomPredicate<Applicant>(scored, row => row.Origin != origin);
            byOrigin[origin] = ml.BinaryClassification.Evaluate(group, nameof(Applicant.Invited)).AreaUnderRocCurve;
        }

        return byOrigin;
    }
}
