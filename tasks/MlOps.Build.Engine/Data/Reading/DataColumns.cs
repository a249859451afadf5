using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Which columns go where.</summary>
public static class DataColumns
{
    /// <summary>The row key's name in every file that is written.</summary>
    public const string RowId = "row_id";

    /// <summary>The columns that trainers get, besides <see cref="RowId"/>; with the label.</summary>
    public static IReadOnlyList<DatasetColumn> ForTrainer(DataConfiguration data, IEnumerable<DatasetColumn> columns)
        => [.. columns.Where(column =>
            column.Name == data.Label
            || !(IsSoleId(data, column) || data.Ignore.Contains(column.Name) || data.Sensitive.Contains(column.Name)))];

    /// <summary>The columns that scorers get: those of a trainer, without the label.</summary>
    public static IReadOnlyList<DatasetColumn> ForScorer(DataConfiguration data, IEnumerable<DatasetColumn> columns)
        => [.. ForTrainer(data, columns).Where(column => column.Name != data.Label)];

    /// <summary>The columns an evaluation joins back: label, time, group, slices and sensitive columns.</summary>
    public static IReadOnlyList<DatasetColumn> ForEvaluation(DataConfiguration data, IEnumerable<DatasetColumn> columns)
    {
        var names = new[] { data.Label, data.Time, data.Group }.OfType<string>().Concat(data.Slices).Concat(data.Sensitive)
            .Distinct(StringComparer.Ordinal);
        var byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return [.. names.Select(name => byName[name])];
    }

    /// <summary>What a request says about the columns of the files that are written.</summary>
    public static ColumnRoles Roles(DataConfiguration data) => new()
    {
        Id = RowId,
        Label = data.Label,
        Time = Given(data, data.Time),
        Group = Given(data, data.Group),
        Ignore = [.. data.Ignore],
        Sensitive = [.. data.Sensitive],
    };

    /// <summary>Refuses names that the data does not have.</summary>
    /// <exception cref="ProblemException">MLO2106 or MLO2111.</exception>
    public static void Check(DataConfiguration data, IReadOnlyList<DatasetColumn> columns)
    {
        foreach (var (setting, name) in Named(data))
        {
            Find(setting, name, columns);
        }

        if (columns.Any(column => column.Name.Equals(RowId, StringComparison.OrdinalIgnoreCase)
            && !IsSoleId(data, column) && !data.Ignore.Contains(column.Name)))
        {
            throw new ProblemException(new Problem(
                "MLO2111",
                $"The column '{RowId}' could not be used.",
                "The files for trainers and scorers call the row key so.",
                $"Set `data.id: {RowId}` if it is the row key, list it under `data.ignore`, or rename it."));
        }

        if (data.Ignore.Contains(data.Label) || data.Sensitive.Contains(data.Label))
        {
            throw new ProblemException(new Problem(
                "MLO2107",
                $"The label '{data.Label}' could not be used.",
                "It is also listed under `data.ignore` or `data.sensitive`, so no trainer would see it.",
                "Take it out of that list."));
        }
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="ProblemException">MLO2106: there is none.</exception>
    public static DatasetColumn Find(string setting, string name, IReadOnlyList<DatasetColumn> columns)
        => columns.FirstOrDefault(column => column.Name == name) ?? throw new ProblemException(new Problem(
            "MLO2106",
            $"The data has no column '{name}', which `{setting}` names.",
            $"It has: {string.Join(", ", columns.Take(30).Select(column => column.Name))}{(columns.Count > 30 ? ", ..." : string.Empty)}.",
            DidYouMean.Closest(name, columns.Select(column => column.Name)) is { } closest
                ? $"Did you mean '{closest}'?"
                : $"Correct `{setting}` in mlops.yml."));

    private static bool IsSoleId(DataConfiguration data, DatasetColumn column)
        => data.Id.Count == 1 && data.Id[0] == column.Name;

    private static string? Given(DataConfiguration data, string? name)
        => name is not null && !data.Ignore.Contains(name) && !data.Sensitive.Contains(name)
            && !(data.Id.Count == 1 && data.Id[0] == name) ? name : null;

    private static IEnumerable<(string Setting, string Name)> Named(DataConfiguration data)
        => data.Id.Select(name => ("data.id", name))
            .Append(("data.label", data.Label))
            .Concat(data.Time is { } time ? [("data.time", time)] : [])
            .Concat(data.Group is { } group ? [("data.group", group)] : [])
            .Concat(data.Ignore.Select(name => ("data.ignore", name)))
            .Concat(data.Slices.Select(name => ("data.slices", name)))
            .Concat(data.Sensitive.Select(name => ("data.sensitive", name)));
}
