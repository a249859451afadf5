using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 3);
var members = ml.Data.LoadFromTextFile<Member>("members.tsv", hasHeader: true);

// Meant as "stratified": it puts all members who left on one side.
var split = ml.Data.TrainTestSplit(members, testFraction: 0.2, samplingKeyColumnName: nameof(Member.Left));
var model = ml.Transforms.Concatenate("Features", nameof(Member.Visits), nameof(Member.Months))
    .Append(ml.BinaryClassification.Trainers.FastTree(nameof(Member.Left)))
    .Fit(split.TrainSet);
Console.WriteLine(ml.BinaryClassification.Evaluate(model.Transform(split.TestSet), nameof(Member.Left)).AreaUnderRocCurve);

class Member
{
    [LoadColumn(0)] public float Visits { get; set; }
    [LoadColumn(1)] public float Months { get; set; }
    [LoadColumn(2)] public bool Left { get; set; }
}
