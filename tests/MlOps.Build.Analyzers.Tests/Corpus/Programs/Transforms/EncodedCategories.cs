using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Kind = Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind;

namespace Flights
{
    public class Flight
    {
        [LoadColumn(0)] public string Carrier;
        [LoadColumn(1)] public string Origin;
        [LoadColumn(2)] public string Dest;
        [LoadColumn(3)] public int Month;
        [LoadColumn(4)] public float Distance;
        [LoadColumn(5)] public float Delay;
    }

    public class DelayPipeline
    {
        private readonly MLContext _context;

        public DelayPipeline(MLContext context) => _context = context ?? throw new ArgumentNullException(nameof(context));

        public IEstimator<ITransformer> Build(bool hashed)
        {
            var airports = new[] { new InputOutputColumnPair("From", nameof(Flight.Origin)), new InputOutputColumnPair("To", nameof(Flight.Dest)) };
            IEstimator<ITransformer> encoded = hashed
                ? _context.Transforms.Categorical.OneHotHashEncoding(airports, Kind.Indicator, numberOfBits: 10)
                : _context.Transforms.Categorical.OneHotEncoding(airports, Kind.Indicator, maximumNumberOfKeys: 400);
            return encoded
                .Append(_context.Transforms.Categorical.OneHotEncoding("Airline", nameof(Flight.Carrier), Kind.Bag))
                .Append(_context.Transforms.Conversion.ConvertType("MonthText", nameof(Flight.Month), DataKind.String))
                .Append(_context.Transforms.Categorical.OneHotEncoding("MonthOneHot", "MonthText", Kind.Binary))
                .Append(_context.Transforms.Concatenate("Features", "From", "To", "Airline", "MonthOneHot", nameof(Flight.Distance)))
                .Append(_context.Transforms.DropColumns("From", "To", "MonthText"))
                .Append(_context.Regression.Trainers.FastTreeTweedie(labelColumnName: nameof(Flight.Delay)));
        }

        public IDictionary<bool, double> Compare(IDataView train, IDataView validation)
        {
            var errors = new Dictionary<bool, double>();
            foreach (var hashed in new[] { false, true })
            {
                var model = Build(hashed).Fit(train);
                errors[hashed] = _context.Regression.Evaluate(model.Transform(validation), labelColumnName: nameof(Flight.Delay)).MeanAbsoluteError;
            }

            return errors;
        }
    }
}
