using System.Data.Common;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Collects a column's values as rows go by.</summary>
internal abstract class ColumnReader(ColumnPlan plan)
{
    protected ColumnPlan Plan { get; } = plan;

    public abstract void Read(DbDataReader reader, int ordinal);

    /// <summary>The values collected since the last call.</summary>
    public abstract StoredColumn Take();

    public static ColumnReader For(ColumnPlan plan, int capacity)
    {
        var type = plan.Target;
        return type switch
        {
            _ when type == typeof(float)
                => new ValueReader<float>(plan, capacity, (row, i) => row.GetFloat(i)) { IsNeverMissing = true },
            _ when type == typeof(double)
                => new ValueReader<double>(plan, capacity, (row, i) => row.GetDouble(i)) { IsNeverMissing = true },
            _ when type == typeof(int) => new ValueReader<int>(plan, capacity, (row, i) => row.GetInt32(i)),
            _ when type == typeof(long) => new ValueReader<long>(plan, capacity, (row, i) => row.GetInt64(i)),
            _ when type == typeof(bool) => new ValueReader<bool>(plan, capacity, (row, i) => row.GetBoolean(i)),
            _ when type == typeof(DateTime)
                => new ValueReader<DateTime>(plan, capacity, (row, i) => row.GetDateTime(i)),
            _ when type == typeof(DateOnly)
                => new ValueReader<DateOnly>(plan, capacity, (row, i) => DateOnly.FromDateTime(row.GetDateTime(i))),
            _ when type == typeof(string) => new TextReader(plan, capacity),
            _ when type == typeof(int?) => new ValueReader<int?>(plan, capacity, (row, i) => row.GetInt32(i), null, true),
            _ when type == typeof(long?) => new ValueReader<long?>(plan, capacity, (row, i) => row.GetInt64(i), null, true),
            _ when type == typeof(bool?) => new ValueReader<bool?>(plan, capacity, (row, i) => row.GetBoolean(i), null, true),
            _ when type == typeof(float?) => new ValueReader<float?>(plan, capacity, (row, i) => row.GetFloat(i), null, true),
            _ when type == typeof(double?)
                => new ValueReader<double?>(plan, capacity, (row, i) => row.GetDouble(i), null, true),
            _ when type == typeof(DateTime?)
                => new ValueReader<DateTime?>(plan, capacity, (row, i) => row.GetDateTime(i), null, true),
            _ when type == typeof(DateOnly?) => new ValueReader<DateOnly?>(
                plan, capacity, (row, i) => DateOnly.FromDateTime(row.GetDateTime(i)), null, true),
            _ => throw ColumnTypes.Refuse(plan.As, type),
        };
    }
}

internal sealed class ValueReader<T> : ColumnReader
{
    private readonly Func<DbDataReader, int, T> _read;
    private readonly T? _missing;
    private readonly bool _mayBeMissing;
    private readonly int _capacity;
    private T[] _values = [];
    private int _count;

    public ValueReader(ColumnPlan plan, int capacity, Func<DbDataReader, int, T> read)
        : base(plan) => (_capacity, _read) = (Math.Max(1, capacity), read);

    public ValueReader(ColumnPlan plan, int capacity, Func<DbDataReader, int, T> read, T? missing, bool mayBeMissing = true)
        : this(plan, capacity, read) => (_missing, _mayBeMissing) = (missing, mayBeMissing);

    /// <summary>Whether SQL has already replaced what is missing.</summary>
    public bool IsNeverMissing { get; init; }

    public override void Read(DbDataReader reader, int ordinal)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(_capacity, _count * 2));
        }

        _values[_count++] = !IsNeverMissing && reader.IsDBNull(ordinal) ? Missing() : _read(reader, ordinal);
    }

    public override StoredColumn Take()
    {
        Array.Resize(ref _values, _count);
        var taken = _values;
        _values = [];
        _count = 0;
        return new ValueColumn<T>(Plan.As, ColumnTypes.Of(typeof(T)), taken);
    }

    private T Missing()
        => _mayBeMissing ? _missing! : throw new ProblemException(new Problem(
            "MLO2227",
            $"The column '{Plan.Source.Name}' has an empty value.",
            $"'{Plan.As}' is {typeof(T).Name}, which cannot be empty.",
            $"Declare it float (empty is NaN), or as {typeof(T).Name}? with [NoColumn] and derive a column from it."));
}

/// <summary>Keeps each distinct text once.</summary>
internal sealed class TextReader(ColumnPlan plan, int capacity) : ColumnReader(plan)
{
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private int[] _codes = [];
    private int _count;

    public override void Read(DbDataReader reader, int ordinal)
    {
        if (_count == _codes.Length)
        {
            Array.Resize(ref _codes, Math.Max(Math.Max(1, capacity), _count * 2));
        }

        _codes[_count++] = reader.IsDBNull(ordinal) ? -1 : Code(reader.GetString(ordinal));
    }

    public override StoredColumn Take()
    {
        Array.Resize(ref _codes, _count);
        var taken = _codes;
        _codes = [];
        _count = 0;
        return new TextColumn(Plan.As, taken, [.. _texts]);
    }

    private int Code(string text)
    {
        if (!_codeOf.TryGetValue(text, out var code))
        {
            code = _texts.Count;
            _codeOf.Add(text, code);
            _texts.Add(text);
        }

        return code;
    }
}
