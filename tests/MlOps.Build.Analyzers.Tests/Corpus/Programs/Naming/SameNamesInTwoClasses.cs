using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stores
{
    public class Sale
    {
        [LoadColumn(0)] public string Store { get; set; }
        [LoadColumn(1)] public float Amount { get; set; }
    }

    public class Visit
    {
        [LoadColumn(0)] public string Store { get; set; }
        [LoadColumn(1)] public float Count { get; set; }
    }

    public static class TwoFiles
    {
        public static (ITransformer Sales, ITransformer Visits) Learn(string sales, string visits)
        {
            var ml = new MLContext(seed: 1);
            var saleRows = ml.Data.LoadFromTextFile<Sale>(sales, hasHeader: true);
            var visitRows = ml.Data.LoadFromTextFile<Visit>(visits, hasHeader: true);

            var encode = ml.Transforms.Categorical.OneHotEncoding("Features", "Store");
            var amount = encode.Append(ml.Regression.Trainers.FastForest("Amount")).Fit(saleRows);
            var count = encode.Append(ml.Regression.Trainers.FastTreeTweedie("Count")).Fit(visitRows);
            return (amount, count);
        }

        public static ITransformer FromColumns(string sales)
        {
            var ml = new MLContext(seed: 1);
            var rows = ml.Data.LoadFromTextFile(
                sales,
                new[] { new TextLoader.Column("Store", DataKind.String, 0), new TextLoader.Column("Amount", DataKind.Single, 1) },
                hasHeader: true);
            return ml.Transforms.Categorical.OneHotEncoding("Features", "Store").Append(ml.Regression.Trainers.FastForest("Amount")).Fit(rows);
        }
    }
}
