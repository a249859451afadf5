using System;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext(seed: 3);
IDataView trips = ml.Data.LoadFromTextFile<Trip>("trips.tsv", hasHeader: true);

// nobody pays less than one or more than 150 dollars
ml.Data.FilterRowsByColumn(trips, nameof(Trip.Fare), lowerBound: 1, upperBound: 150);
ml.Data.FilterRowsByMissingValues(trips, nameof(Trip.Distance));
trips = ml.Data.ShuffleRows(trips, seed: 5);

var parts = ml.Data.TrainTestSplit(trips, 0.25);

var pipeline = ml.Transforms.CopyColumns("Label", nameof(Trip.Fare))
    .Append(ml.Transforms.Categorical.OneHotEncoding("VendorKind", nameof(Trip.Vendor)))
    .Append(ml.Transforms.Concatenate("Features", "VendorKind", nameof(Trip.Distance), nameof(Trip.Passengers)));
pipeline.Append(ml.Transforms.NormalizeMeanVariance("Features"));

var model = pipeline.Append(ml.Regression.Trainers.FastTree()).Fit(parts.TrainSet);
var figures = ml.Regression.Evaluate(model.Transform(parts.TestSet));
Console.WriteLine("MAE: " + figures.MeanAbsoluteError.ToString("F2"));

sealed class Trip
{
    [LoadColumn(0)] public string Vendor { get; set; }
    [LoadColumn(1)] public float Passengers { get; set; }
    [LoadColumn(2)] public float Distance { get; set; }
    [LoadColumn(3)] public float Fare { get; set; }
}
