using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOps.Build.Training;

/// <summary>
/// Columns in memory as ML.NET reads them. Rows come in the order of the file, whatever the number of threads; a second
/// scan costs nothing but the copy of the values asked for.
/// </summary>
internal sealed class ColumnarView : IDataView
{
    public ColumnarView(IReadOnlyList<StoredColumn> columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            schema.AddColumn(column.Name, column.Type ?? throw new ArgumentException($"'{column.Name}' is no column of ML.NET.", nameof(columns)));
        }

        Schema = schema.ToSchema();
    }

    public IReadOnlyList<StoredColumn> Columns { get; }

    public int Rows { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => Rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new ColumnarCursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The same rows without some columns.</summary>
    public ColumnarView Without(string name) => new([.. Columns.Where(column => column.Name != name)], Rows);
}

internal sealed class ColumnarCursor(ColumnarView view, IEnumerable<DataViewSchema.Column> needed) : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. needed.Select(column => column.Index)];
    private readonly RowPosition _position = new();

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _position.Row < view.Rows ? _position.Row : -1;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        if (_position.Row < view.Rows)
        {
            _position.Row++;
        }

        return _position.Row < view.Rows;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position.Row, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"The column '{column.Name}' was not asked for when the cursor was made.");
        }

        return view.Columns[column.Index].Getter(_position) as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"The column '{column.Name}' holds {column.Type}, which is not {typeof(TValue)}.");
    }
}
