using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>How the label is read.</summary>
/// <param name="Value">The label in SQL, as trainers get it: true or false for a binary classification.</param>
/// <param name="IsPresent">Whether it is there, in SQL.</param>
internal sealed record LabelRule(string Value, string IsPresent)
{
    private static readonly string[] PositiveWords = ["1", "true", "yes"];

    /// <summary>Looks at the values of the label.</summary>
    /// <exception cref="ProblemException">MLO2107: no model can be trained on it.</exception>
    public static LabelRule Settle(DataSession session, Dataset dataset, DataConfiguration data, ModelTask task)
    {
        var column = dataset[data.Label];
        var present = column.IsFloat ? $"isfinite({column.Sql})" : $"{column.Sql} IS NOT NULL";
        var values = session.Rows(
                $"""
                SELECT DISTINCT CAST({column.Sql} AS VARCHAR) AS value FROM data WHERE {present} LIMIT 3
                """,
                row => row.GetString(0))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return values.Length switch
        {
            0 => throw Refuse(data, "It is missing in every row.", "Correct `data.label` in mlops.yml, or fetch the labels."),
            1 => throw Refuse(
                data,
                $"It is '{values[0]}' in every row, so there is nothing to learn.",
                "Correct `data.label` in mlops.yml, or use data that holds other values too."),
            _ when task is ModelTask.Regression && !column.IsNumber => throw Refuse(
                data,
                $"A regression needs a number; it holds {ColumnTypes.Word(column)}, such as '{values[0]}'.",
                "Correct `data.label`, or set `task: multiclass-classification` in mlops.yml."),
            _ when task is not ModelTask.BinaryClassification => new LabelRule(column.Sql, present),
            > 2 => throw Refuse(
                data,
                $"A binary classification needs two values; it holds more, such as '{string.Join("', '", values)}'.",
                "Correct `data.label`, or set `task: multiclass-classification` in mlops.yml."),
            _ => new LabelRule(Positive(column, data, values), present),
        };
    }

    private static string Positive(DatasetColumn column, DataConfiguration data, string[] values)
    {
        if (column.Type == "BOOLEAN")
        {
            return data.Positive is { } value && value.Equals("false", StringComparison.OrdinalIgnoreCase)
                ? $"NOT {column.Sql}"
                : column.Sql;
        }

        var positives = values.Where(value => data.Positive is { } chosen
            ? IsSame(value, chosen, column)
            : PositiveWords.Any(word => IsSame(value, word, column))).ToArray();
        return positives switch
        {
            [var one] => $"(CAST({column.Sql} AS VARCHAR) = {Sql.Text(one)})",
            _ when data.Positive is { } chosen => throw Refuse(
                data,
                $"`data.positive` is '{chosen}'; the values are '{values[0]}' and '{values[1]}'.",
                "Set `data.positive` to one of them."),
            _ => throw Refuse(
                data,
                $"It holds '{values[0]}' and '{values[1]}', and nothing says which is positive.",
                $"Set `data.positive` to one of them, such as `positive: {values[0]}`."),
        };
    }

    private static bool IsSame(string value, string word, DatasetColumn column)
        => value.Equals(word, StringComparison.OrdinalIgnoreCase)
            || (column.IsNumber && Number(value) is { } number && number == Number(word));

    private static double? Number(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ProblemException Refuse(DataConfiguration data, string why, string fix)
        => new(new Problem("MLO2107", $"The label '{data.Label}' could not be used.", why, fix));
}
