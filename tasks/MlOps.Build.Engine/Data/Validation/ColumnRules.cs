using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Rules that every column is measured by, without anything having been asked for.</summary>
internal static class ColumnRules
{
    /// <summary>The rules for a column.</summary>
    public static IEnumerable<DataRule> Of(DatasetColumn column, DataConfiguration data)
    {
        if (data.Ignore.Contains(column.Name) || data.Id.Contains(column.Name))
        {
            yield break;
        }

        if (column.Name != data.Label)
        {
            yield return new DataRule(
                "constant",
                column,
                CheckResult.Warning,
                null,
                $"({column.Sql} IS NOT DISTINCT FROM (SELECT any_value({column.Sql}) FROM data))",
                $"coalesce(CAST(any_value({column.Sql}) AS VARCHAR), 'nothing')",
                "A model learns nothing from it: list it under `data.ignore`.")
            {
                OnlyIfAll = true,
                Complaint = "hold the same value",
            };
        }

        if (column.Type == "VARCHAR" && column.Name != data.Label)
        {
            yield return new DataRule(
                "numeric-text",
                column,
                CheckResult.Warning,
                null,
                $"(TRY_CAST({column.Sql} AS DOUBLE) IS NOT NULL)",
                "'text'",
                $"If it is a quantity, declare `expect: {{ {column.Name}: {{ type: float }} }}`; as text each number is a category.")
            {
                OnlyIfAll = true,
                Applies = $"{column.Sql} IS NOT NULL",
                Complaint = "hold numbers written as text",
            };
        }

        if (column.IsFloat)
        {
            yield return new DataRule(
                "infinite",
                column,
                CheckResult.Warning,
                null,
                $"({column.Sql} IS NOT NULL AND NOT isfinite({column.Sql}))",
                $"count(*) FILTER (WHERE NOT isfinite({column.Sql}))::VARCHAR",
                "Most trainers cannot use them: leave the value empty where it is not known.")
            {
                Complaint = "are NaN or infinite",
            };
        }
    }
}
