using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>The columns that are needed of one file, in the order of its rows.</summary>
internal sealed class FileTable
{
    private const int MostKnown = 1000;
    private readonly Dictionary<string, string?[]> texts;
    private readonly Dictionary<string, double[]> numbers;

    private FileTable(TableFile file, int rows, Dictionary<string, string?[]> texts, Dictionary<string, double[]> numbers)
        => (File, Rows, this.texts, this.numbers) = (file, rows, texts, numbers);

    public TableFile File { get; }

    public int Rows { get; }

    /// <summary>Reads a file once.</summary>
    public static FileTable Read(TableSession session, TableFile file, IReadOnlyList<string> textColumns, IReadOnlyList<string> numberColumns)
    {
        const string Table = "columns_of_file";
        var parts = textColumns.Select(file.Class).Concat(numberColumns.Select(TableFile.Number)).Select((sql, i) => $"{sql} AS c{Sql.Number(i)}");
        session.Load(file, "predictions", $"CREATE OR REPLACE TEMP TABLE {Table} AS SELECT {string.Join(", ", parts.DefaultIfEmpty("1 AS c0"))} FROM {file.Scan}");
        var rows = (int)session.Rows($"SELECT count(*) FROM {Table}", row => row.GetInt64(0))[0];
        var textsByName = textColumns.ToDictionary(name => name, _ => new string?[rows]);
        var numbersByName = numberColumns.ToDictionary(name => name, _ => new double[rows]);
        var textArrays = textColumns.Select(name => textsByName[name]).ToArray();
        var numberArrays = numberColumns.Select(name => numbersByName[name]).ToArray();
        var known = textArrays.Select(_ => new Dictionary<string, string>(StringComparer.Ordinal)).ToArray();
        var place = 0;
        session.Each($"SELECT * FROM {Table}", row =>
        {
            for (var i = 0; i < textArrays.Length; i++)
            {
                textArrays[i][place] = row.IsDBNull(i) ? null : Known(known[i], row.GetString(i));
            }

            for (var i = 0; i < numberArrays.Length; i++)
            {
                var column = textArrays.Length + i;
                numberArrays[i][place] = row.IsDBNull(column) ? double.NaN : row.GetDouble(column);
            }

            place++;
        });
        return new(file, rows, textsByName, numbersByName);
    }

    /// <summary>Labels and slices repeat a few values a million times; ids do not, so few are kept.</summary>
    private static string Known(Dictionary<string, string> known, string text)
    {
        if (known.TryGetValue(text, out var same))
        {
            return same;
        }

        if (known.Count < MostKnown)
        {
            known.Add(text, text);
        }

        return text;
    }

    public string?[] Text(string column) => texts[column];

    public double[] Numbers(string column) => numbers[column];

    public bool HasText(string column) => texts.ContainsKey(column);
}
