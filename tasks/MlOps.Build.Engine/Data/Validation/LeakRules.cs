using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>Columns that know the answer: alone, or by being missing.</summary>
internal static class LeakRules
{
    /// <summary>Enough to tell 0.95 from 0.9, and little enough to look at in every run.</summary>
    private const int MostRows = 10_000;

    private const int ColumnsAPass = 50;
    private const double MostAlone = 0.95;
    private const double MostByMissing = 0.8;
    private const double MostCorrelated = 0.99;

    /// <summary>One check for each column that gives the label away, or one that says that none does.</summary>
    public static IEnumerable<DataCheck> Run(DataSession session, Dataset dataset, DataPlan plan, LabelRule label, long labelled)
    {
        var features = DataColumns.ForScorer(plan.Data, dataset.Columns).Where(column => !plan.Data.Id.Contains(column.Name));
        var found = features.Chunk(ColumnsAPass).SelectMany(columns => Look(session, plan, label, labelled, columns)).ToList();
        return found.Count > 0 ? found : [Check(null, CheckResult.Pass, "nothing", "No column alone gives the label away.")];
    }

    private static IEnumerable<DataCheck> Look(DataSession session, DataPlan plan, LabelRule label, long labelled, DatasetColumn[] columns)
    {
        var (isNumber, isClass) = (plan.Task == ModelTask.Regression, plan.Task == ModelTask.MulticlassClassification);
        var cutoff = Sql.Hash(BottomK.Fraction(MostRows / (double)Math.Max(1, labelled)));
        var rows = session.Rows(
            $"""
            SELECT {(isClass ? $"CAST(dense_rank() OVER (ORDER BY CAST({label.Value} AS VARCHAR)) AS DOUBLE)" : $"CAST({label.Value} AS DOUBLE)")}, {string.Join(", ", columns.Select(Value))}
            FROM labelled WHERE {Names.Hash} <= {cutoff}
            """,
            row => (Label: row.GetDouble(0), Values: columns.Select((_, place) => row.IsDBNull(place + 1) ? null : row.GetValue(place + 1)).ToArray()))
            .ToArray();
        for (var place = 0; place < columns.Length; place++)
        {
            var column = rows.Select(row => (row.Label, Value: row.Values[place])).ToArray();
            var (alone, missing) = isClass ? LeakMeasure.OfClasses(column) : (LeakMeasure.Alone(column, isNumber), LeakMeasure.ByMissing(column, isNumber));
            if (alone > (isNumber ? MostCorrelated : MostAlone))
            {
                yield return Check(columns[place].Name, CheckResult.Warning, Words(alone, isNumber), $"{columns[place].Name}: alone it predicts the label ({Words(alone, isNumber)}). If it is known only after the label, list it under `data.ignore`; a model would only copy it.");
            }
            else if (missing > MostByMissing)
            {
                yield return Check(columns[place].Name, CheckResult.Warning, Words(missing, isNumber), $"{columns[place].Name}: whether it is missing predicts the label ({Words(missing, isNumber)}). If it is filled in only after the label is known, list it under `data.ignore`.");
            }
        }
    }

    private static string Value(DatasetColumn column)
        => column.IsNumber ? $"CAST({column.Sql} AS DOUBLE)"
            : column.IsTime ? $"CAST(epoch_us(CAST({column.Sql} AS TIMESTAMP)) AS DOUBLE)"
            : $"CAST({column.Sql} AS VARCHAR)";

    private static string Words(double strength, bool isNumber)
        => string.Create(CultureInfo.InvariantCulture, $"{(isNumber ? "rank correlation" : "AUC")} {strength:0.000}");

    private static DataCheck Check(string? column, CheckResult result, string observed, string sentence) => new()
    {
        Check = "leakage",
        Column = column,
        Result = result,
        Bound = string.Create(CultureInfo.InvariantCulture, $"AUC at most {MostAlone}, by missing values {MostByMissing}; rank correlation {MostCorrelated}"),
        Observed = observed,
        BadRows = 0,
        Examples = [],
        Sentence = sentence,
    };
}
