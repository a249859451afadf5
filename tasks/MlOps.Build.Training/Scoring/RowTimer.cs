using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Answers rows one by one and takes the time of each.</summary>
internal static class RowTimer
{
    /// <summary>The just-in-time compiler looks after a tenth of a second at what runs often.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>The seconds of each row and what all allocated; the time of loading is left to the caller.</summary>
    public static ScoreTimings Time<TValue>(ITransformer model, ColumnarView rows, string column, CancellationToken cancellationToken)
    {
        var mapper = model.GetRowToRowMapper(rows.Schema);
        var input = new SingleRow(rows);
        using var answer = mapper.GetRow(input, [ScoringModel.Column(mapper.OutputSchema, column)]);
        var getter = answer.GetGetter<TValue>(ScoringModel.Column(answer.Schema, column));
        TValue value = default!;
        var started = Stopwatch.GetTimestamp();
        do
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                input.MoveTo(row);
                getter(ref value);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        while (Stopwatch.GetElapsedTime(started) < WarmUp);

        var seconds = new double[rows.Rows];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var row = 0; row < rows.Rows; row++)
        {
            input.MoveTo(row);
            var asked = Stopwatch.GetTimestamp();
            getter(ref value);
            seconds[row] = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new() { LoadSeconds = 0, RowSeconds = seconds, AllocatedBytes = allocated };
    }

    /// <summary>One row of a view at a time. ML.NET keeps what it computed while the position stays, so that it always moves on.</summary>
    private sealed class SingleRow(ColumnarView view) : DataViewRow
    {
        private readonly RowPosition _row = new();
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public void MoveTo(int row)
        {
            _row.Row = row;
            _position++;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => view.Columns[column.Index].Getter(_row) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"The column '{column.Name}' is not {typeof(TValue)}.");
    }
}
