using System;
using System.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hotel
{
    public class Booking
    {
        [LoadColumn(0)] public float Nights;
        [LoadColumn(1)] public float Guests;
        [LoadColumn(2)] public float LeadTime;
        [LoadColumn(3)] public float Price;
        [LoadColumn(4)] public bool Cancelled;
    }

    internal class Program
    {
        private static readonly MLContext Ml = new MLContext();

        private static void Main(string[] args)
        {
            var bookings = Ml.Data.LoadFromTextFile<Booking>(args.Length > 0 ? args[0] : "bookings.csv", separatorChar: ';', hasHeader: true);
            var split = Ml.Data.TrainTestSplit(bookings, testFraction: 0.25);

            Price(split);
            Cancellation(split.TrainSet, split.TestSet);
        }

        private static void Price(DataOperationsCatalog.TrainTestData split)
        {
            var pipeline = Ml.Transforms.Concatenate("Features", nameof(Booking.Nights), nameof(Booking.Guests), nameof(Booking.LeadTime))
                .Append(Ml.Regression.Trainers.Gam(labelColumnName: nameof(Booking.Price)));
            var model = pipeline.Fit(split.TrainSet);
            var train = Ml.Regression.Evaluate(model.Transform(split.TrainSet), nameof(Booking.Price));
            var test = Ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Booking.Price));
            Console.WriteLine($"price: {train.RSquared:F2} on learned rows, {test.RSquared:F2} on others");
            Ml.Model.Save(model, split.TrainSet.Schema, Path.Combine("out", "price.zip"));
        }

        private static void Cancellation(IDataView train, IDataView test)
        {
            // The price belongs to the features here: it is the answer only of the other model.
            var pipeline = Ml.Transforms.Concatenate("Features", nameof(Booking.Nights), nameof(Booking.LeadTime), nameof(Booking.Price))
                .Append(Ml.Transforms.NormalizeMeanVariance("Features"))
                .Append(Ml.BinaryClassification.Trainers.SgdCalibrated(labelColumnName: nameof(Booking.Cancelled)));
            var model = pipeline.Fit(train);
            Console.WriteLine(Ml.BinaryClassification.Evaluate(model.Transform(test), nameof(Booking.Cancelled)).AreaUnderPrecisionRecallCurve);
            Ml.Model.Save(model, train.Schema, Path.Combine("out", "cancellation.zip"));
        }
    }
}
