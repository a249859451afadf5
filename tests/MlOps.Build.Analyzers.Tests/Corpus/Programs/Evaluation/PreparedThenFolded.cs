using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 4);
var loans = ml.Data.LoadFromTextFile<LoanRow>("loans.csv", separatorChar: ',', hasHeader: true, allowQuoting: true);

var preparation = ml.Transforms.Categorical.OneHotEncoding("PurposeCode", nameof(LoanRow.Purpose))
    .Append(ml.Transforms.Concatenate("Features", "PurposeCode", nameof(LoanRow.Amount)))
    .Append(ml.Transforms.NormalizeMeanVariance("Features"));
var fitted = preparation.Fit(loans);
var prepared = fitted.Transform(loans);

var trainer = ml.BinaryClassification.Trainers.AveragedPerceptron(nameof(LoanRow.Bad));
var folds = ml.BinaryClassification.CrossValidateNonCalibrated(prepared, trainer, numberOfFolds: 5, nameof(LoanRow.Bad));
Console.WriteLine($"{folds.Average(fold => fold.Metrics.AreaUnderRocCurve):F3}");
var accuracy = folds.Average(fold => fold.Metrics.Accuracy);
if (accuracy < 0.8)
{
    return 1;
}

return 0;

class LoanRow
{
    [LoadColumn(0)] public string Purpose { get; set; }
    [LoadColumn(1)] public float Amount { get; set; }
    [LoadColumn(2)] public bool Bad { get; set; }
}
