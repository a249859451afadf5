using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Metering;

public sealed class MeterRow
{
    [LoadColumn(0)] public float Kwh { get; set; }
    [LoadColumn(1)] public float Outside { get; set; }
    [LoadColumn(2)] public float NextDay { get; set; }
}

public sealed class MeterTrend
{
    public float Delta { get; set; }
}

public sealed class LastSeen
{
    public float Kwh { get; set; }
}

public sealed class SeenBefore
{
    public HashSet<float> Values { get; set; }
}

[CustomMappingFactoryAttribute("meter-trend")]
public sealed class TrendFactory : StatefulCustomMappingFactory<MeterRow, MeterTrend, LastSeen>
{
    public override Action<MeterRow, MeterTrend, LastSeen> GetMapping() => (row, trend, state) =>
    {
        trend.Delta = row.Kwh - state.Kwh;
        state.Kwh = row.Kwh;
    };

    public override Action<LastSeen> GetStateInitAction() => state => state.Kwh = 0;
}

public class TrendTraining(MLContext ml)
{
    public ITransformer Fit(IEnumerable<MeterRow> history, string file)
    {
        var rows = ml.Data.LoadFromEnumerable(history);
        rows = ml.Data.FilterByCustomPredicate<MeterRow>(rows, row => row.Kwh < 0);
        rows = ml.Data.FilterByStatefulCustomPredicate<MeterRow, SeenBefore>(
            rows, (row, seen) => !seen.Values.Add(row.Kwh), seen => seen.Values = []);

        var factory = new TrendFactory();
        var pipeline = ml.Transforms.StatefulCustomMapping(factory.GetMapping(), factory.GetStateInitAction(), "meter-trend")
            .Append(ml.Transforms.Concatenate("Features", nameof(MeterRow.Kwh), nameof(MeterRow.Outside), nameof(MeterTrend.Delta)))
            .Append(ml.Regression.Trainers.FastForest(labelColumnName: nameof(MeterRow.NextDay)));
        var model = pipeline.Fit(rows);
        ml.Model.Save(model, rows.Schema, file);
        return model;
    }
}
