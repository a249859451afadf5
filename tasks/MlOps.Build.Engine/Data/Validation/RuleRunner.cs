using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Runs rules: the rows of many rules are counted in one pass, examples are looked for only where there are any.</summary>
internal sealed class RuleRunner(DataSession session, Dataset dataset, DataConfiguration data)
{
    private const int RulesAPass = 100;
    private const int Examples = 5;

    /// <summary>The answers, in the order of the rules.</summary>
    public DataCheck[] Run(IEnumerable<DataRule> rules) => [.. rules.Chunk(RulesAPass).SelectMany(Count)];

    /// <summary>Up to five rows for which something holds, with their value.</summary>
    public BadRow[] Find(string condition, DatasetColumn? column)
    {
        var value = column is null || data.Sensitive.Contains(column.Name) ? "NULL" : $"CAST({column.Sql} AS VARCHAR)";
        var hasId = data.Id.Count > 0;
        var row = hasId ? $"replace({RowKey.Of(data.Id, dataset.Columns)}, chr(31), ' | ')" : "row_number() OVER ()";

        // A row number means something only in the order of the files.
        session.Run("SET preserve_insertion_order = true");
        BadRow[] found = [.. session.Rows(
            $"""
            SELECT CAST(place AS VARCHAR), value
            FROM (SELECT {row} AS place, {value} AS value, {condition} AS bad FROM data)
            WHERE bad ORDER BY place LIMIT {Examples}
            """,
            answer => new BadRow(
                answer.IsDBNull(0) ? "(no id)" : answer.GetString(0), answer.IsDBNull(1) ? null : answer.GetString(1)))];
        session.Run("SET preserve_insertion_order = false");
        return found;
    }

    private DataCheck[] Count(DataRule[] rules)
    {
        var aggregates = rules.Select(rule =>
            $"count(*) FILTER (WHERE {rule.IsBad}), count(*) FILTER (WHERE {rule.Applies ?? "true"}), {rule.Observed}");
        return session.Row(
            $"SELECT {string.Join(", ", aggregates)} FROM data",
            row => rules.Select((rule, place) => (
                Rule: rule,
                Bad: row.GetInt64(place * 3),
                All: row.GetInt64(place * 3 + 1),
                Observed: row.IsDBNull(place * 3 + 2) ? "nothing" : row.GetString(place * 3 + 2))).ToArray())
            .Select(found => Answer(found.Rule, found.Bad, found.All, found.Observed))
            .ToArray();
    }

    private DataCheck Answer(DataRule rule, long bad, long all, string observed)
    {
        var isBad = rule.OnlyIfAll ? bad == all && bad > 0 : bad > rule.Allowed;
        return new DataCheck
        {
            Check = rule.Check,
            Column = rule.Column.Name,
            Result = isBad ? rule.Severity : CheckResult.Pass,
            Bound = rule.Bound,
            Observed = observed,
            BadRows = isBad ? bad : 0,
            Examples = isBad && !rule.OnlyIfAll ? Find(rule.IsBad, rule.Column) : [],
            Sentence = isBad
                ? $"{rule.Column.Name}: {Complaint(rule, bad)}. {rule.Fix}"
                : $"{rule.Column.Name}: {rule.Check} holds.",
        };
    }

    private static string Complaint(DataRule rule, long rows) => rows switch
    {
        _ when rule.OnlyIfAll => $"all rows {rule.Complaint}",
        1 => "1 row " + (rule.Complaint.StartsWith("are ", StringComparison.Ordinal)
            ? "is " + rule.Complaint[4..]
            : rule.Complaint.Replace("hold ", "holds ", StringComparison.Ordinal)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{rows} rows {rule.Complaint}"),
    };
}
