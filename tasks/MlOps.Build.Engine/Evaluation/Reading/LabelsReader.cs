using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Reads the labels of a holdout into columns and keeps its row ids for the join.</summary>
internal sealed class LabelsReader(TableSession session, LabelsFile file)
{
    private const string What = "labels";
    private const string Fix = "Write the labels with `mlops data split`, or name the column.";

    /// <summary>The table that predictions are joined with: <c>ord</c> and <c>id</c>.</summary>
    public const string Table = "holdout";

    public LabelRows Read()
    {
        var table = session.Open(file.Path, What);
        string[] cuts = [.. file.Slices.Concat(file.Sensitive).Distinct()];
        foreach (var column in cuts.Prepend(file.Label).Prepend(PredictionsReader.RowId).Concat(file.Group is null ? [] : [file.Group]))
        {
            if (!table.Has(column))
            {
                throw ReadingProblems.NoColumn(What, table, column, Fix);
            }
        }

        var label = file.Task == ModelTask.Regression ? $"CAST({TableFile.Number(file.Label)} AS VARCHAR)" : table.Class(file.Label);
        var columns = cuts.Concat(file.Group is null ? [] : [file.Group]).Select(TableFile.Text);
        session.Load(table, What, $"""
            CREATE TEMP TABLE labels AS
            SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS ord, {TableFile.Text(PredictionsReader.RowId)} AS id, {label} AS label
            {string.Concat(columns.Select((column, i) => $", {column} AS c{Sql.Number(i)}"))}
            FROM {table.Scan};
            CREATE TEMP VIEW {Table} AS SELECT ord, id FROM labels
            """);
        var rows = session.Rows("SELECT * EXCLUDE (ord) FROM labels ORDER BY ord", row =>
        {
            var texts = new string?[row.FieldCount];
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = row.IsDBNull(i) ? null : row.GetString(i);
            }

            return texts;
        });
        var ids = Ids(rows);
        string?[] Column(int place) => [.. rows.Select(row => row[place + 2])];
        return new(
            ids,
            [.. rows.Select(row => row[1])],
            table.Types[file.Label] == "BOOLEAN",
            [.. cuts.Select((name, place) => Cut(name, Column(place), ids))],
            file.Group is null ? null : Groups(Column(cuts.Length)),
            DigestOf(rows));
    }

    private SliceColumn Cut(string name, string?[] texts, string[] ids)
    {
        var sensitive = file.Sensitive.Contains(name);
        return file.Bands.TryGetValue(name, out var bands)
            ? Bands.Cut(name, sensitive, ReadingProblems.Numbers(name, texts, row => ids[row]), bands)
            : SliceColumn.From(name, sensitive, texts);
    }

    private string[] Ids(List<string?[]> rows)
    {
        if (rows.Exists(row => row[0] is null))
        {
            throw EvaluationProblems.BadLabels($"A row of '{file.Path}' has no row_id.");
        }

        string[] ids = [.. rows.Select(row => row[0]!)];
        var seen = new HashSet<string>(ids.Length);
        var repeated = ids.Where(id => !seen.Add(id)).ToList();
        return repeated.Count == 0 ? ids : throw ReadingProblems.RepeatedLabels(file.Path, repeated);
    }

    /// <summary>Equal values share a number; a row without a value is a group of its own.</summary>
    public static int[] Groups(string?[] values)
    {
        var numbers = new Dictionary<string, int>();
        var next = 0;
        var groups = new int[values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] is not { } value)
            {
                groups[row] = next++;
            }
            else if (!numbers.TryGetValue(value, out groups[row]))
            {
                numbers.Add(value, groups[row] = next++);
            }
        }

        return groups;
    }

    private static string DigestOf(List<string?[]> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row[0]}\u001f{row[1]}\n")));
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>The rows of a labels file, before labels are numbers.</summary>
internal sealed record LabelRows(
    string[] Ids, string?[] Labels, bool AreTruthValues, SliceColumn[] Slices, int[]? Groups, string Digest);
