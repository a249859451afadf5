namespace MlOps.Build.Engine.Data;

/// <summary>
/// What makes a row itself: its id as text, or its whole content. Equal rows without an id have equal keys, so they always
/// fall into the same part; their row ids differ by an ordinal.
/// </summary>
internal static class RowKey
{
    private const string Separator = "chr(31)";
    private const string Missing = "chr(30)";

    /// <summary>The key in SQL; it is missing where a part of an id is.</summary>
    public static string Of(IReadOnlyList<string> id, IEnumerable<DatasetColumn> columns)
        => id.Count > 0
            ? string.Join($" || {Separator} || ", id.Select(name => $"CAST({Sql.Name(name)} AS VARCHAR)"))
            : $"concat_ws({Separator}, {string.Join(", ", columns
                .OrderBy(column => column.Name, StringComparer.Ordinal)
                .Select(column => $"coalesce(CAST({column.Sql} AS VARCHAR), {Missing})"))})";

    /// <summary>The row id in SQL, for rows of which no equal one is left out before them.</summary>
    public static string RowId(bool hasId)
        => hasId
            ? Names.Key
            : $"substr(sha256({Names.Key}), 1, 32) || '-' || (row_number() OVER (PARTITION BY {Names.Hash}, {Names.Key}) - 1)";

    /// <summary>A hash of a text in SQL.</summary>
    public static string Hash(string text, ulong seed) => $"{XxHash64Function.Name}({text}, {Sql.Hash(seed)})";
}

/// <summary>Names of computed columns, which no real column has.</summary>
internal static class Names
{
    public const string Key = "\"mlops:key\"";
    public const string Hash = "\"mlops:hash\"";
    public const string Part = "\"mlops:part\"";
    public const string Group = "\"mlops:group\"";
    public const string Time = "\"mlops:time\"";
    public const string Stratum = "\"mlops:stratum\"";
    public const string Share = "\"mlops:share\"";
    public const string Taken = "\"mlops:taken\"";
    public const string Cutoff = "\"mlops:cutoff\"";
    public const string Place = "\"mlops:place\"";
    public const string Order = "\"mlops:order\"";
    public const string RowId = "\"mlops:row-id\"";
}
