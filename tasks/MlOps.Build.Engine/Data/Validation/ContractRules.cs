using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>The rules of <c>data.expect</c>.</summary>
internal static class ContractRules
{
    /// <summary>The rules for a column.</summary>
    public static IEnumerable<DataRule> Of(DatasetColumn column, ColumnExpectation expectation, long rows)
    {
        if (expectation.Type is { } type)
        {
            yield return Type(column, type);
        }

        if (expectation.Min is { } minimum)
        {
            yield return Limit(column, "min", minimum, "<", "below");
        }

        if (expectation.Max is { } maximum)
        {
            yield return Limit(column, "max", maximum, ">", "above");
        }

        if (expectation.Nulls is { } share)
        {
            yield return Nulls(column, share, rows);
        }

        if (expectation.Values is { } values)
        {
            yield return Values(column, values);
        }
    }

    private static DataRule Type(DatasetColumn column, string type)
    {
        var fits = ColumnTypes.Fits(column, type);
        var cannotBe = $"{column.Sql} IS NOT NULL AND TRY_CAST({column.Sql} AS {ColumnTypes.Duck(type)}) IS NULL";
        return new DataRule(
            "type",
            column,
            CheckResult.Error,
            type,
            fits ? "false" : column.Type == "VARCHAR" ? $"({cannotBe})" : "true",
            Sql.Text(ColumnTypes.Word(column)),
            $"Write the column as {type}, or correct `expect.{column.Name}.type`.")
        {
            Complaint = $"are {ColumnTypes.Word(column)} and not {type}",
        };
    }

    private static DataRule Limit(DatasetColumn column, string check, double bound, string comparison, string where)
    {
        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        var number = $"TRY_CAST({column.Sql} AS DOUBLE)";
        return new DataRule(
            check,
            column,
            CheckResult.Error,
            text,
            $"({number} {comparison} {Sql.Number(bound)} OR ({column.Sql} IS NOT NULL AND {number} IS NULL))",
            $"CAST({check}({column.Sql}) AS VARCHAR)",
            $"Correct them, or change `expect.{column.Name}.{check}`.")
        {
            Complaint = $"are {where} {text}",
        };
    }

    private static DataRule Nulls(DatasetColumn column, double share, long rows) => new(
        "nulls",
        column,
        CheckResult.Error,
        Percent(share),
        $"({column.Sql} IS NULL)",
        $"round(100.0 * count(*) FILTER (WHERE {column.Sql} IS NULL) / count(*), 4)::DOUBLE::VARCHAR || ' %'",
        $"Fill them in, or change `expect.{column.Name}.nulls`.")
    {
        Allowed = (long)Math.Floor((decimal)share * rows),
        Complaint = $"are missing; {Percent(share)} may be",
    };

    private static DataRule Values(DatasetColumn column, IReadOnlyList<string> values)
    {
        var list = string.Join(", ", values.Select(Sql.Text));
        var known = column.IsNumber
            ? $"{column.Sql} IN (SELECT TRY_CAST(unnest([{list}]) AS DOUBLE))"
            : $"CAST({column.Sql} AS VARCHAR) IN ({list})";
        return new DataRule(
            "values",
            column,
            CheckResult.Error,
            string.Join(", ", values),
            values.Count == 0 ? $"({column.Sql} IS NOT NULL)" : $"({column.Sql} IS NOT NULL AND NOT ({known}))",
            $"approx_count_distinct({column.Sql})::VARCHAR || ' values'",
            $"Correct them, or add the value to `expect.{column.Name}.values`.")
        {
            Complaint = "hold another value",
        };
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{(decimal)share * 100:0.####} %");
}
