using System.Globalization;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>
/// Reads CSV files with types that are settled first: the first file decides them, or the data contract. A value that
/// does not fit is then an error with its line, and not silently another type.
/// </summary>
internal static class CsvScan
{
    /// <summary>The query that reads all files.</summary>
    public static string Of(DataSession session, SourceFiles files, DataConfiguration data)
    {
        var headers = files.Files.ToDictionary(file => file, CsvHeader.Read);
        var first = headers[files.Files[0]];
        foreach (var file in files.Files.Skip(1))
        {
            DatasetReader.SameColumns(files.Files[0], first.Names, file, headers[file].Names);
        }

        var (types, formats) = Settle(session, files.Files[0], first, data);

        // Columns are read by position, so files with another order of columns are read apart.
        return string.Join(
            " UNION ALL BY NAME ",
            files.Files
                .GroupBy(file => headers[file].Separator + string.Join('\u001f', headers[file].Names))
                .Select(same => Strict([.. same], headers[same.First()], types, formats)));
    }

    private static string Strict(
        string[] files, CsvHeader header, IReadOnlyDictionary<string, string> types, string formats)
        => $"SELECT * FROM read_csv([{string.Join(", ", files.Select(Sql.File))}], {Dialect(header)}, auto_detect = false, "
            + "strict_mode = true, null_padding = false, ignore_errors = false, hive_partitioning = false, columns = {"
            + string.Join(", ", header.Names.Select(name => $"{Sql.Text(name)}: {Sql.Text(types[name])}"))
            + "}" + formats + ")";

    private static string Dialect(CsvHeader header)
        => $"header = true, skip = 0, quote = '\"', escape = '\"', comment = '', "
            + $"delim = {Sql.Text(header.Separator.ToString(CultureInfo.InvariantCulture))}";

    private static (Dictionary<string, string> Types, string Formats) Settle(
        DataSession session, string file, CsvHeader header, DataConfiguration data)
    {
        var (types, formats) = Guess(session, file, header);
        foreach (var (column, expectation) in data.Expect)
        {
            if (types.ContainsKey(column) && ColumnTypes.Duck(expectation.Type) is { } declared)
            {
                types[column] = declared;
            }
        }

        // 007 is not 7.
        foreach (var id in data.Id.Where(types.ContainsKey))
        {
            types[id] = "VARCHAR";
        }

        return (types, formats);
    }

    private static (Dictionary<string, string> Types, string Formats) Guess(
        DataSession session, string file, CsvHeader header)
    {
        var sniff = $"""
            SELECT list_transform(Columns, lambda c: c.type), DateFormat, TimestampFormat
            FROM sniff_csv({Sql.File(file)}, {Dialect(header)}, ignore_errors = true, strict_mode = false)
            """;
        try
        {
            var (found, dates, times) = session.Row(
                sniff, row => ((List<string>)row.GetValue(0), row.GetValue(1) as string, row.GetValue(2) as string));
            if (found.Count == header.Names.Count)
            {
                return (
                    header.Names.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second),
                    Format("dateformat", dates) + Format("timestampformat", times));
            }
        }
        catch (DuckDBException exception)
            when (exception.ErrorType is DuckDBErrorType.InvalidInput or DuckDBErrorType.Invalid)
        {
            // The guess says only that it failed. Reading all as text tells the line.
        }

        var texts = header.Names.ToDictionary(name => name, _ => "VARCHAR");
        session.Count($"SELECT count(COLUMNS(*)) FROM ({Strict([file], header, texts, string.Empty)})");
        throw new ProblemException(new Problem(
            "MLO2105",
            $"The file '{file}' could not be read.",
            "Its rows do not fit its header.",
            "Write it with one header line, one separator and double quotes around text that holds the separator."));
    }

    private static string Format(string option, string? format)
        => format is null ? string.Empty : $", {option} = {Sql.Text(format)}";
}
