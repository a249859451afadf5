using System.IO.Compression;
using System.Text;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>The first line of a CSV file.</summary>
/// <param name="Separator">What separates values: comma, semicolon, tab or bar, whichever the line has most of.</param>
/// <param name="Names">The column names.</param>
internal sealed record CsvHeader(char Separator, IReadOnlyList<string> Names)
{
    // Guessing from all rows, as DuckDB does, would take a ragged file for one with a single column.
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>Reads it.</summary>
    /// <exception cref="ProblemException">MLO2111: a name is missing or stands there twice.</exception>
    public static CsvHeader Read(string path)
    {
        using var file = File.OpenRead(path);
        using var bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        using var text = new StreamReader(bytes, Encoding.UTF8);
        return Parse(ReadLine(text, path), path);
    }

    /// <summary>Reads a header line.</summary>
    public static CsvHeader Parse(string line, string path)
    {
        var separator = Separators.MaxBy(candidate => Split(line, candidate).Count);
        var names = Split(line, separator);
        if (names.FirstOrDefault(string.IsNullOrWhiteSpace) is not null)
        {
            throw Refuse(path, "A column has no name.");
        }

        // DuckDB does not tell upper case from lower case in names.
        return names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any())
            is { } twice
            ? throw Refuse(path, $"The column '{twice.Key}' stands there twice.")
            : new CsvHeader(separator, names);
    }

    private static string ReadLine(StreamReader text, string path)
    {
        try
        {
            return text.ReadLine() ?? string.Empty;
        }
        catch (InvalidDataException exception)
        {
            throw new ProblemException(
                new Problem(
                    "MLO2104",
                    $"The file '{path}' could not be read.",
                    exception.Message,
                    "It is not gzip or was cut off: fetch it again.")
                { Exit = ExitCode.Unavailable },
                exception);
        }
    }

    private static ProblemException Refuse(string path, string why) => new(new Problem(
        "MLO2111",
        $"The header of '{path}' could not be used.",
        why,
        "Give each column a name of its own in the first line.")
    { Place = new SourcePlace(path, 1, 1) });

    private static List<string> Split(string line, char separator)
    {
        var (names, name, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                name.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == separator && !quoted)
            {
                names.Add(name.ToString());
                name.Clear();
            }
            else
            {
                name.Append(line[i]);
            }
        }

        names.Add(name.ToString());
        return names;
    }
}
