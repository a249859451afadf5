using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOps.Build.Annotations;

namespace Harvest
{
    public static class Settings
    {
        public const int Trees = 150;
        public static readonly double Rate = 0.1;
    }

    public class Field
    {
        public float Rain { get; set; }
        public float Sun { get; set; }
        public float Yield { get; set; }
    }

    public class HarvestTraining
    {
        private readonly Action<string, double> log;

        public HarvestTraining(Action<string, double> log) => this.log = log;

        [TrainingEntryPoint]
        public ITransformer Run(IEnumerable<Field> fields, int leaves = 20)
        {
            var ml = new MLContext(Seed());
            var data = ml.Data.LoadFromEnumerable(fields);
            var prepare = ml.Transforms.Concatenate("Features", nameof(Field.Rain), nameof(Field.Sun));
            var magic = ml.Regression.Trainers.FastTree(nameof(Field.Yield), numberOfTrees: 137, learningRate: 0.037);
            var named = ml.Regression.Trainers.FastTree(nameof(Field.Yield), numberOfTrees: Settings.Trees, numberOfLeaves: leaves, learningRate: Settings.Rate);
            var model = prepare.Append(leaves > 10 ? named : magic).Fit(data);
            Record("rows", data.GetRowCount() ?? 0);
            return model;
        }

        private static int Seed() => 5;

        [LogsMetrics]
        private void Record(string name, double value) => log(name, value);
    }
}
