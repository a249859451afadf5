namespace MlOps.Build.Engine.Data;

/// <summary>The types of the data contract.</summary>
internal static class ColumnTypes
{
    /// <summary>The DuckDB type a CSV column is read as, or null when nothing known is declared.</summary>
    public static string? Duck(string? declared) => declared switch
    {
        "int" => "BIGINT",
        "float" => "DOUBLE",
        "text" => "VARCHAR",
        "bool" => "BOOLEAN",
        "date" => "DATE",
        "timestamp" => "TIMESTAMP",
        _ => null,
    };

    /// <summary>The word of the data contract for a column; for what has no word, DuckDB's.</summary>
    public static string Word(DatasetColumn column) => column switch
    {
        { IsWhole: true } => "int",
        { IsFraction: true } => "float",
        { Type: "VARCHAR" } => "text",
        { Type: "BOOLEAN" } => "bool",
        { Type: "DATE" } => "date",
        { IsTime: true } => "timestamp",
        _ => column.Type,
    };

    /// <summary>Whether a column holds what is declared; whole numbers are floats too.</summary>
    public static bool Fits(DatasetColumn column, string declared)
        => Word(column) == declared || (declared == "float" && column.IsWhole) || (declared == "timestamp" && column.IsTime);
}
