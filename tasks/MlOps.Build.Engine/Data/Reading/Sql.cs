using System.Globalization;

namespace MlOps.Build.Engine.Data;

/// <summary>Writes names and values into SQL so that nothing in them is read as SQL.</summary>
public static class Sql
{
    /// <summary>A column name.</summary>
    public static string Name(string identifier)
        => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>A text.</summary>
    public static string Text(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A list of texts.</summary>
    public static string Texts(IEnumerable<string> values) => "[" + string.Join(", ", values.Select(Text)) + "]";

    /// <summary>A file that is read: characters that DuckDB would take for a pattern stand for themselves.</summary>
    public static string File(string path)
        => Text(string.Concat(path.Select(character => character is '[' or '*' or '?' ? $"[{character}]" : $"{character}")));

    /// <summary>A key hash.</summary>
    public static string Hash(ulong value) => string.Create(CultureInfo.InvariantCulture, $"{value}::UBIGINT");

    /// <summary>A whole number.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static string Number(double value)
        => value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";
}
