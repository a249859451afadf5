using Microsoft.ML;

namespace MlOps.Build.Training;

/// <summary>A column to load: its name in the file and its type in memory.</summary>
/// <param name="Name">The column of the file, exactly.</param>
/// <param name="Type"><see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/>, <see cref="string"/> or <see cref="DateTime"/>.</param>
public sealed record ParquetColumn(string Name, Type Type)
{
    /// <summary>What ML.NET calls it; its name in the file if null.</summary>
    public string? As { get; init; }
}

/// <summary>
/// Loads Parquet for ML.NET without a detour over text: columns in memory, rows in the order of the file. A missing
/// number is NaN, a missing text is empty; a missing value of another type, and a value that does not fit its type, is refused.
/// </summary>
public static class ParquetData
{
    /// <summary>Loads the columns that a row class names, and computes its get-only members.</summary>
    /// <typeparam name="TRow">The row, as for <see cref="ModelDefinition{TInput}"/>.</typeparam>
    /// <exception cref="Contracts.ProblemException">MLO2223 to MLO2228: the file or a column cannot be read.</exception>
    public static IDataView Load<TRow>(string path, CancellationToken cancellationToken = default)
        where TRow : class, new()
    {
        using var file = ParquetFile.Open(path, Environment.ProcessorCount);
        return new RowLoader(typeof(TRow), file).Read([], null, cancellationToken: cancellationToken).Single();
    }

    /// <summary>Loads columns.</summary>
    /// <exception cref="Contracts.ProblemException">MLO2223 to MLO2228: the file or a column cannot be read.</exception>
    public static IDataView Load(
        string path, IReadOnlyList<ParquetColumn> columns, CancellationToken cancellationToken = default)
    {
        using var file = ParquetFile.Open(path, Environment.ProcessorCount);
        var plans = columns.Select(column => ColumnMatch.Plan(column, file)).ToArray();
        var batch = file.Read(plans, null, int.MaxValue, cancellationToken).Single();
        return new ColumnarView(batch.Columns, batch.Rows);
    }
}
