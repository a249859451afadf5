using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DuckDbType">Its type in DuckDB's words.</param>
internal sealed record SourceColumn(string Name, string DuckDbType)
{
    /// <summary>Its name as SQL writes it.</summary>
    public string Quoted => $"\"{Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Its type in the contract's words, or null if no member can read it.</summary>
    public string? ContractType => DuckDbType switch
    {
        "FLOAT" => "float",
        "DOUBLE" => "double",
        "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" => "int",
        "BIGINT" or "UINTEGER" or "UBIGINT" or "HUGEINT" => "long",
        "BOOLEAN" => "bool",
        "VARCHAR" => "text",
        "DATE" => "date",
        _ when DuckDbType.StartsWith("TIMESTAMP", StringComparison.Ordinal) => "timestamp",
        _ when DuckDbType.StartsWith("DECIMAL", StringComparison.Ordinal) => "double",
        _ when DuckDbType.StartsWith("ENUM", StringComparison.Ordinal) => "text",
        _ => null,
    };

    /// <summary>The SQL that reads it as a type, or null if that would lose or invent something.</summary>
    public string? ReadAs(Type target)
    {
        var quoted = Quoted;
        var kind = Nullable.GetUnderlyingType(target) ?? target;
        return (ContractType, kind.Name) switch
        {
            ("int" or "long" or "float" or "double" or "bool", nameof(Single)) => NaN(target, $"CAST({quoted} AS FLOAT)", "FLOAT"),
            ("int" or "long" or "float" or "double" or "bool", nameof(Double)) => NaN(target, $"CAST({quoted} AS DOUBLE)", "DOUBLE"),
            ("int" or "long" or "bool", nameof(Int32)) => $"CAST({quoted} AS INTEGER)",
            ("int" or "long" or "bool", nameof(Int64)) => $"CAST({quoted} AS BIGINT)",
            ("bool", nameof(Boolean)) => quoted,
            ("text" or "int" or "long" or "bool", nameof(String)) => $"CAST({quoted} AS VARCHAR)",
            ("date", nameof(DateTime) or nameof(DateOnly)) => $"CAST({quoted} AS TIMESTAMP)",
            ("timestamp", nameof(DateTime) or nameof(DateOnly)) => $"make_timestamp(epoch_us({quoted}))",
            _ => null,
        };
    }

    // DuckDB replaces missing numbers a vector at a time; asking for each value in C# takes as long as reading it.
    private static string NaN(Type target, string sql, string type)
        => Nullable.GetUnderlyingType(target) is null ? $"coalesce({sql}, 'nan'::{type})" : sql;
}

/// <summary>A column of the file that fills a column in memory.</summary>
/// <param name="Source">The column of the file.</param>
/// <param name="Target">The type in memory.</param>
/// <param name="As">The name in memory.</param>
internal sealed record ColumnPlan(SourceColumn Source, Type Target, string As)
{
    /// <summary>SQL that reads it in another way than its type says.</summary>
    public string? Expression { get; init; }

    public string Sql => Expression ?? Source.ReadAs(Target) ?? throw new ProblemException(new Problem(
        "MLO2226",
        $"The column '{Source.Name}' cannot be read as {Target.Name}.",
        $"It is {Source.DuckDbType} in the data.",
        $"Declare '{As}' with a type that holds it, or change the column where the data is made."));
}
