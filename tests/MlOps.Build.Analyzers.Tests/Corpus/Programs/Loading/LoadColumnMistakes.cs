using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Glass
{
    public class GlassRow
    {
        [LoadColumn(0, 8), VectorType(8)] public float[] Oxides { get; set; }
        [LoadColumn(9)] public decimal Weight { get; set; }
        [LoadColumn(10)] public float? Thickness { get; set; }
        [LoadColumn(11)] public string Kind { get; set; }
        [LoadColumn(12)] public Finish Surface { get; set; }
    }

    public enum Finish { Raw, Polished }

    public static class Reader
    {
        public static IDataView Read(MLContext ml, string file)
        {
            return ml.Data.LoadFromTextFile<GlassRow>(file, separatorChar: ',', hasHeader: true, allowQuoting: true);
        }
    }
}
