using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>A CSV or Parquet file as DuckDB sees it: how to scan it and which columns it has.</summary>
internal sealed record TableFile(string Path, string Scan, IReadOnlyDictionary<string, string> Types)
{
    private static readonly string[] Floating = ["DOUBLE", "FLOAT", "DECIMAL"];

    public bool Has(string column) => Types.ContainsKey(column);

    /// <summary>How a scan of a file is written. CSV is read as text: 007 is not 7, and types are settled by use.</summary>
    public static string ScanOf(string path)
        => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
            ? $"read_parquet({Sql.File(path)})"
            : $"read_csv({Sql.File(path)}, header = true, all_varchar = true)";

    /// <summary>A column as the text of a class: a whole number has no decimals, whatever type it is stored in.</summary>
    public string Class(string column)
    {
        var name = Sql.Name(column);
        return Array.Exists(Floating, type => Types[column].StartsWith(type, StringComparison.Ordinal))
            ? $"CASE WHEN {name} = floor({name}) THEN CAST(CAST({name} AS BIGINT) AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"
            : Text(column);
    }

    public static string Text(string column) => $"CAST({Sql.Name(column)} AS VARCHAR)";

    /// <summary>A column as a number; null where it is none.</summary>
    public static string Number(string column) => $"TRY_CAST({Sql.Name(column)} AS DOUBLE)";
}
