using System.Data.Common;
using System.Globalization;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Reads the columns of a holdout in which weak slices are looked for, one after another.</summary>
internal sealed class SearchReader(TableSession session, IReadOnlyList<SliceColumn> cuts, int rows)
{
    public const int MostColumns = 50;

    /// <summary>More distinct numbers than this are cut into bands.</summary>
    private const int MostNumbers = 12;
    private const int BandsOfNumbers = 5;
    private const string Table = "searched";

    private static readonly string[] Numeric = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL"];

    /// <summary>The columns of the file and those that the holdout is cut by; with names, only these.</summary>
    /// <param name="path">What the scorer reads: features by row id.</param>
    /// <param name="names">Empty: all.</param>
    public SearchedColumns Read(string path, IReadOnlyList<string> names)
    {
        var file = session.Open(path, "holdout");
        var known = cuts.Select(column => column.Name)
            .Concat(file.Types.Keys.Where(name => name != PredictionsReader.RowId))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var wanted = names.Count == 0 ? known : known.Where(name => names.Contains(name, StringComparer.Ordinal)).ToList();
        var leftOut = names.Except(known, StringComparer.Ordinal).Select(name => $"{name} is no column of the holdout")
            .Concat(wanted.Skip(MostColumns).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} comes after the first {MostColumns}")))
            .ToList();
        var columns = new List<SearchedColumn>();
        foreach (var name in wanted.Take(MostColumns))
        {
            var column = cuts.FirstOrDefault(cut => cut.Name == name) ?? Cut(file, name);
            if (column is null || column.Values.Count > SearchedColumn.MostSlices)
            {
                leftOut.Add($"{name} has too many values");
            }
            else if (column.Values.Count > 1)
            {
                columns.Add(SearchedColumn.Of(column));
            }
            else
            {
                leftOut.Add($"{name} has one value");
            }
        }

        return new(columns, leftOut);
    }

    /// <summary>Null where there are more distinct texts than slices.</summary>
    private SliceColumn? Cut(TableFile file, string name)
    {
        var type = file.Types[name];
        if (type is "DATE" || type.StartsWith("TIMESTAMP", StringComparison.Ordinal))
        {
            var days = type is "DATE";
            return Banded(file, name, $"epoch({Sql.Name(name)})", seconds => DateTime.UnixEpoch.AddSeconds(seconds).ToString(days ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        }

        var isNumber = Array.Exists(Numeric, number => type.StartsWith(number, StringComparison.Ordinal));
        var distinct = session.Rows($"SELECT count(*) FROM (SELECT DISTINCT {Sql.Name(name)} FROM {file.Scan} LIMIT {Sql.Number(SearchedColumn.MostSlices + 1)})", row => row.GetInt64(0))[0];
        if (isNumber && distinct > MostNumbers)
        {
            return Banded(file, name, TableFile.Number(name), write: null);
        }

        return distinct > SearchedColumn.MostSlices ? null : SliceColumn.From(name, sensitive: false, Values(file, TableFile.Text(name), row => row.IsDBNull(0) ? null : row.GetString(0)));
    }

    private SliceColumn Banded(TableFile file, string name, string sql, Func<double, string>? write)
        => Bands.Cut(
            name,
            sensitive: false,
            Values(file, $"CAST({sql} AS DOUBLE)", row => row.IsDBNull(0) ? double.NaN : row.GetDouble(0)),
            new BandConfiguration { Quantiles = BandsOfNumbers },
            write);

    private T[] Values<T>(TableFile file, string sql, Func<DbDataReader, T> read)
    {
        session.Load(file, "holdout", $"CREATE OR REPLACE TEMP TABLE {Table} AS SELECT {TableFile.Text(PredictionsReader.RowId)} AS id, {sql} AS value FROM {file.Scan}");
        var values = new T[rows];
        var place = 0;
        session.Each($"SELECT s.value FROM {LabelsReader.Table} h LEFT JOIN {Table} s ON s.id = h.id ORDER BY h.ord", row => values[place++] = read(row));
        return values;
    }
}
