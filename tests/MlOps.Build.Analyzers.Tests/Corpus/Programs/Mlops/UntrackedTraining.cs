using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MlOps.Build.Annotations;

namespace Tariffs
{
    public class Policy
    {
        public float Age { get; set; }
        public float Horsepower { get; set; }
        public float Damage { get; set; }
    }

    public static class Program
    {
        [TrainingEntryPoint]
        public static void Main()
        {
            var ml = new MLContext(seed: 1);
            var rows = File.ReadLines("policies.csv").Skip(1).Select(line => line.Split(';')).Select(cells => new Policy
            {
                Age = float.Parse(cells[0]),
                Horsepower = float.Parse(cells[1], CultureInfo.InvariantCulture),
                Damage = Convert.ToSingle(cells[2]),
            });
            var limit = double.Parse(Environment.GetEnvironmentVariable("LIMIT") ?? "0.5");

            var data = ml.Data.LoadFromEnumerable(rows.OrderBy(_ => Guid.NewGuid()));
            var split = ml.Data.TrainTestSplit(data);
            var trainer = ml.Regression.Trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options
            {
                LabelColumnName = nameof(Policy.Damage),
                L2Regularization = 0.37f,
                HistorySize = 40,
                NumberOfThreads = 1,
            });
            var model = ml.Transforms.Concatenate("Features", nameof(Policy.Age), nameof(Policy.Horsepower)).Append(trainer).Fit(split.TrainSet);
            if (ml.Regression.Evaluate(model.Transform(split.TestSet), nameof(Policy.Damage)).MeanAbsoluteError < limit)
            {
                Keep(ml, model, data);
            }
        }

        private static void Keep(MLContext ml, ITransformer model, IDataView data) =>
            ml.Model.Save(model, data.Schema, "tariff.zip");
    }
}
