using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>Turns what DuckDB says about a bad file or a full machine into something the user can act on.</summary>
internal static partial class DataProblems
{
    private static readonly string[] OurErrors = ["Binder Error", "Parser Error", "Catalog Error", "INTERNAL Error"];

    /// <summary>The problem behind an exception, or null when it is a bug of ours.</summary>
    public static Problem? TryExplain(DuckDBException exception, SourceFiles? reading)
        => TryExplain(exception.Message, exception.ErrorType, reading);

    /// <summary>The problem behind a message.</summary>
    internal static Problem? TryExplain(string message, DuckDBErrorType type, SourceFiles? reading)
    {
        if (CsvLine().Match(message) is { Success: true } line)
        {
            return Csv(message, int.Parse(line.Groups["line"].Value, CultureInfo.InvariantCulture));
        }

        return type switch
        {
            DuckDBErrorType.OutOfMemory => new Problem(
                "MLO2113",
                "The data could not be worked on.",
                FirstLine(message),
                "Set `MLOPS_DATA_MEMORY` to more MiB, such as `MLOPS_DATA_MEMORY=2048`.")
            { Exit = ExitCode.Unavailable },
            // A damaged page surfaces as whatever decoder meets it first.
            DuckDBErrorType.Io or DuckDBErrorType.InvalidInput or DuckDBErrorType.Serialization or DuckDBErrorType.Invalid
                when reading is { Format: SourceFormat.Parquet } && !IsOurs(message) => Damaged(message, reading),
            DuckDBErrorType.Io => new Problem(
                "MLO2104",
                "A data file could not be read or written.",
                FirstLine(message),
                "Check that the file exists, may be opened, and that the disk has room.")
            { Exit = ExitCode.Unavailable },
            _ => null,
        };
    }

    private static Problem Damaged(string message, SourceFiles files) => new(
        "MLO2104",
        files.Files.Count == 1
            ? $"The file '{files.Files[0]}' could not be read."
            : $"One of {files.Files.Count} Parquet files could not be read: '{files.Files[0]}' and so on.",
        FirstLine(message),
        "It is damaged or was cut off while it was copied: fetch it again.")
    { Exit = ExitCode.Unavailable };

    private static Problem Csv(string message, int line)
    {
        var file = CsvFile().Match(message) is { Success: true } match ? match.Groups["file"].Value.Trim() : "the CSV file";
        var place = new SourcePlace(file, line, 1);
        if (Conversion().Match(message) is { Success: true } conversion)
        {
            var (column, value, type) = (conversion.Groups["column"].Value, conversion.Groups["value"].Value, conversion.Groups["type"].Value);
            return new Problem(
                "MLO2105",
                $"Row {line} of '{file}' does not fit: column '{column}'.",
                $"'{value}' is not a {type}, which is what the rows before it hold.",
                $"Correct the row, or declare the column in mlops.yml: `expect: {{ {column}: {{ type: text }} }}`.")
            {
                Place = place,
            };
        }

        if (Ragged().Match(message) is { Success: true } ragged)
        {
            var (expected, found) = (Int(ragged.Groups["expected"]), Int(ragged.Groups["found"]));
            return new Problem(
                "MLO2105",
                $"Row {line} of '{file}' does not fit the header.",
                $"The header has {expected} columns, the row has {found}.",
                "Correct the row: put text that holds the separator into double quotes.")
            {
                Place = place with { Column = Math.Min(expected, found) + 1 },
            };
        }

        return new Problem(
            "MLO2105",
            $"Row {line} of '{file}' could not be read.",
            FirstLine(CsvReason().Match(message) is { Success: true } reason ? reason.Groups["reason"].Value : message),
            "Correct the row: each quoted value needs its closing double quote, and the text has to be UTF-8.")
        {
            Place = place,
        };
    }

    private static int Int(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    /// <summary>DuckDB.NET does not tell a wrong query from a wrong file by the type of the error.</summary>
    private static bool IsOurs(string message)
        => OurErrors.Any(prefix => message.StartsWith(prefix, StringComparison.Ordinal));

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();

    [GeneratedRegex(@"CSV Error on Line: (?<line>\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CsvLine();

    [GeneratedRegex(@"^\s*file ?= ?(?<file>.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CsvFile();

    [GeneratedRegex(
        "converting column \"(?<column>.*?)\"\\. Could not convert string \"(?<value>.*?)\" to '?(?<type>.*?)'?\\s*$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"Expected Number of Columns: (?<expected>\d+) Found: (?<found>\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ragged();

    [GeneratedRegex(@"Original Line:.*\n(?<reason>.+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CsvReason();
}
