using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Checks of what should be unique.</summary>
internal static class KeyRules
{
    /// <summary>The id, or whole rows where there is none, and columns that are declared unique.</summary>
    public static IEnumerable<DataCheck> Run(DataSession session, Dataset dataset, DataConfiguration data)
    {
        yield return data.Id.Count > 0
            ? Check(session, dataset, "id", [.. data.Id], CheckResult.Error, "Remove the rows, or add a column to `data.id`.")
            : Check(session, dataset, "repeated-rows", [], CheckResult.Warning, "Remove them if they are one thing counted twice.");

        foreach (var (column, expectation) in data.Expect)
        {
            if (expectation.Unique is true && dataset.Columns.Any(known => known.Name == column))
            {
                yield return Check(
                    session, dataset, "unique", [column], CheckResult.Error, $"Correct them, or take `expect.{column}.unique` away.");
            }
        }
    }

    private static DataCheck Check(
        DataSession session, Dataset dataset, string check, string[] columns, CheckResult severity, string fix)
    {
        var found = KeyCheck.Look(session, dataset, columns);
        var name = columns.Length > 0 ? string.Join(", ", columns) : null;

        // A missing value is a matter of `nulls`, except in the id.
        var missing = check == "id" ? found.MissingRows : 0;
        var bad = found.RepeatedRows + missing;
        return new DataCheck
        {
            Check = check,
            Column = name,
            Result = bad > 0 ? severity : CheckResult.Pass,
            Bound = "unique",
            Observed = string.Create(CultureInfo.InvariantCulture, $"{found.RepeatedRows} repeated, {found.MissingRows} missing"),
            BadRows = bad,
            Examples = bad > 0 && name is not null ? [.. found.Examples.Select(example => new BadRow(example, null))] : [],
            Sentence = bad > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{name ?? "The rows"}: {found.RepeatedRows} rows repeat an earlier one and {missing} have none. {fix}")
                : $"{name ?? "The rows"}: no value is repeated.",
        };
    }
}
