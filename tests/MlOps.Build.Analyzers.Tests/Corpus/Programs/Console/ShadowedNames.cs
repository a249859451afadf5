using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLContext = Rig.Tests.MLContext;
using RealContext = Microsoft.ML.MLContext;

namespace Rig.Tests
{
    /// <summary>A double of the real context, with as much as the rig needs.</summary>
    public sealed class MLContext
    {
        public Data Data { get; } = new();
    }

    public sealed class Data
    {
        public List<float> LoadFromTextFile<T>(string path) => [path.Length];

        public List<float> ShuffleRows(List<float> rows) => rows;

        public (List<float> TrainSet, List<float> TestSet) TrainTestSplit(List<float> rows, string samplingKeyColumnName = null) => (rows, rows);
    }

    public class Label
    {
        public float Value { get; set; }
    }

    public static class Rig
    {
        public static float Play(string file)
        {
            var ml = new MLContext();
            var rows = ml.Data.LoadFromTextFile<Label>(file + ".csv");
            ml.Data.ShuffleRows(rows);
            var (train, test) = ml.Data.TrainTestSplit(rows, samplingKeyColumnName: "Label");
            return train.Sum() - test.Sum();
        }

        public static IDataView Real(IEnumerable<Label> labels)
        {
            var ml = new RealContext(seed: 1);
            return ml.Data.LoadFromEnumerable(labels.OrderBy(label => label.Value));
        }
    }
}
