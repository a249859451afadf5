using System;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Prices.Online
{
    public class Offer
    {
        public float Size { get; set; }
        public float Floor { get; set; }
        public float Price { get; set; }
    }

    public class Retraining
    {
        private readonly MLContext _mlContext;

        public Retraining(MLContext mlContext)
        {
            _mlContext = mlContext;
        }

        public void Continue(string prepFile, string modelFile, Offer[] news)
        {
            var prep = _mlContext.Model.Load(prepFile, out var prepSchema);
            var old = _mlContext.Model.Load(modelFile, out _);
            var parameters = ((ISingleFeaturePredictionTransformer<object>)old).Model as LinearRegressionModelParameters;

            IDataView rows = prep.Transform(_mlContext.Data.LoadFromEnumerable(news));
            var trainer = _mlContext.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
            {
                LabelColumnName = nameof(Offer.Price),
                NumberOfIterations = 3,
            });
            var retrained = trainer.Fit(rows, parameters);
            var shift = retrained.Model.Weights.Zip(parameters.Weights, (now, before) => MathF.Abs(now - before)).Max();
            Console.WriteLine($"largest change of a weight: {shift}");

            _mlContext.Model.Save(retrained, rows.Schema, modelFile);
            _mlContext.Model.Save(prep, prepSchema, prepFile);
        }
    }
}
