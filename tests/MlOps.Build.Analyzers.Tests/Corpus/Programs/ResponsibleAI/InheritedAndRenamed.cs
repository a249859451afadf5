using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Annotations;

namespace Lending;

public abstract class PersonRow
{
    [Sensitive, ColumnName("g")] public float Gender { get; set; }
    public float Income { get; set; }
}

public sealed class BorrowerRow : PersonRow
{
    public float Debt { get; set; }
    [VectorType(3)] public float[] History { get; set; }
    public bool Label { get; set; }
}

public sealed class BorrowerTraining(MLContext ml)
{
    private static readonly string[] Plain = [nameof(BorrowerRow.Income), nameof(BorrowerRow.Debt), nameof(BorrowerRow.History)];

    public ITransformer WithGender(IEnumerable<BorrowerRow> rows)
    {
        var view = ml.Data.LoadFromEnumerable(rows);
        var chain = ml.Transforms.Concatenate("Features", "g", nameof(BorrowerRow.Income), nameof(BorrowerRow.Debt))
            .Append(ml.BinaryClassification.Trainers.FastForest());
        return chain.Fit(view);
    }

    public ITransformer WithoutGender(IEnumerable<BorrowerRow> rows)
    {
        var view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.DropColumns("g")
            .Append(ml.Transforms.Concatenate("Features", Plain))
            .Append(ml.BinaryClassification.Trainers.FastForest())
            .Fit(view);
    }

    public ITransformer ForTheReportOnly(IEnumerable<BorrowerRow> rows)
    {
        // The gender is copied to be shown in a table, and no trainer reads it.
        var view = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.CopyColumns("Shown", "g")
            .Append(ml.Transforms.Concatenate("Table", "Shown", nameof(BorrowerRow.Income)))
            .Append(ml.Transforms.Concatenate("Features", Plain))
            .Append(ml.BinaryClassification.Trainers.FastForest())
            .Fit(view);
    }
}
