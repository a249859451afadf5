using Microsoft.ML;
using Microsoft.ML.Data;

namespace Flights;

public sealed class Leg
{
    [LoadColumn(0)] public float Distance { get; set; }
    [LoadColumn(1)] public float DepartureHour { get; set; }
    [LoadColumn(2)] public float Delay { get; set; }
}

public sealed class Curve(MLContext ml)
{
    public IEnumerable<(long Rows, double Train, double Test)> Learning(IDataView train, IDataView test, params long[] sizes)
    {
        foreach (var size in sizes)
        {
            var part = ml.Data.TakeRows(train, size);
            var model = ml.Transforms.Concatenate("Features", nameof(Leg.Distance), nameof(Leg.DepartureHour))
                .Append(ml.Regression.Trainers.FastTree(nameof(Leg.Delay)))
                .Fit(part);
            yield return (size, Error(model, part), Error(model, test));
        }
    }

    private double Error(ITransformer model, IDataView rows) =>
        ml.Regression.Evaluate(model.Transform(rows), nameof(Leg.Delay)).MeanAbsoluteError;
}
