using System;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Digits
{
    public class Picture
    {
        [LoadColumn(0)]
        public float Digit { get; set; }

        [LoadColumn(1, 784)]
        [VectorType(784)]
        public float[] Pixels { get; set; }
    }

    public class SloppyPicture
    {
        [LoadColumn(0)] public float Digit { get; set; }
        [LoadColumn(1, 784)] public float Pixels { get; set; }
        [LoadColumn(785)] public float[] Extra { get; set; }
        [LoadColumn(0)] public string DigitText { get; set; }
    }

    public static class Loading
    {
        public static IDataView Good(MLContext ml) => ml.Data.LoadFromTextFile<Picture>("mnist.csv", ',');

        public static IDataView Sloppy(MLContext ml) => ml.Data.LoadFromTextFile<SloppyPicture>("mnist.tsv");

        public static IDataView ByOptions(MLContext ml)
        {
            var options = new TextLoader.Options
            {
                Columns = new[]
                {
                    new TextLoader.Column("Digit", DataKind.Single, 0),
                    new TextLoader.Column("Pixels", DataKind.Single, new[] { new TextLoader.Range(1, 784) }),
                },
                Separators = new[] { ',' },
            };
            return ml.Data.CreateTextLoader(options).Load("mnist.csv");
        }

        public static IDataView Whole(MLContext ml, string name) => ml.Data.LoadFromTextFile<Picture>($"{name}.csv");
    }
}
