using System.Linq.Expressions;
using System.Reflection;

namespace MlOps.Build.Training;

/// <summary>Computes get-only members: fills a row object for each row and asks it.</summary>
internal static class DerivedColumns
{
    public static IReadOnlyList<StoredColumn> Of(
        Type rowType,
        IReadOnlyList<RowMember> members,
        IReadOnlyList<StoredColumn> columns,
        IReadOnlyList<RowMember> derived,
        int rows)
        => (IReadOnlyList<StoredColumn>)typeof(DerivedColumns)
            .GetMethod(nameof(Compute), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(rowType)
            .CreateDelegate<Func<IReadOnlyList<RowMember>, IReadOnlyList<StoredColumn>, IReadOnlyList<RowMember>, int,
                IReadOnlyList<StoredColumn>>>()(members, columns, derived, rows);

    private static IReadOnlyList<StoredColumn> Compute<TRow>(
        IReadOnlyList<RowMember> members, IReadOnlyList<StoredColumn> columns, IReadOnlyList<RowMember> derived, int rows)
        where TRow : class, new()
    {
        var setters = members.Zip(columns, Setter<TRow>).ToArray();
        var results = derived.Select(member => DerivedColumn<TRow>.For(member, rows)).ToArray();
        var row = new TRow();
        for (var i = 0; i < rows; i++)
        {
            foreach (var set in setters)
            {
                set(row, i);
            }

            foreach (var result in results)
            {
                result.Compute(row, i);
            }
        }

        return [.. results.Select(result => result.Column)];
    }

    private static Action<TRow, int> Setter<TRow>(RowMember member, StoredColumn column)
    {
        var row = Expression.Parameter(typeof(TRow));
        var index = Expression.Parameter(typeof(int));
        var target = Expression.MakeMemberAccess(row, member.Member);
        Expression value = column is TextColumn texts
            ? Expression.Call(Expression.Constant(texts), MayBeNull(member.Member) ? nameof(TextColumn.At) : nameof(TextColumn.TextAt), null, index)
            : Expression.ArrayIndex(Expression.Constant(column.Values), index);
        return Expression.Lambda<Action<TRow, int>>(Expression.Assign(target, value), row, index).Compile();
    }

    private static bool MayBeNull(MemberInfo member)
    {
        var context = new NullabilityInfoContext();
        var info = member is PropertyInfo property ? context.Create(property) : context.Create((FieldInfo)member);
        return info.WriteState == NullabilityState.Nullable;
    }
}

/// <summary>A derived column while it is computed.</summary>
internal abstract class DerivedColumn<TRow>
{
    public abstract StoredColumn Column { get; }

    public abstract void Compute(TRow row, int index);

    public static DerivedColumn<TRow> For(RowMember member, int rows)
    {
        if (!ColumnTypes.IsColumnType(member.ValueType))
        {
            throw ColumnTypes.Refuse(member.Member.Name, member.ValueType);
        }

        return (DerivedColumn<TRow>)Activator.CreateInstance(
            typeof(DerivedColumn<,>).MakeGenericType(typeof(TRow), member.ValueType), member, rows)!;
    }
}

internal sealed class DerivedColumn<TRow, T> : DerivedColumn<TRow>
{
    private readonly string _name;
    private readonly Func<TRow, T> _get;
    private readonly T[] _values;

    public DerivedColumn(RowMember member, int rows)
    {
        _name = member.ColumnName;
        _values = new T[rows];
        var row = Expression.Parameter(typeof(TRow));
        _get = Expression.Lambda<Func<TRow, T>>(Expression.MakeMemberAccess(row, member.Member), row).Compile();
    }

    public override StoredColumn Column
        => _values is string?[] texts
            ? TextColumn.Of(_name, texts)
            : new ValueColumn<T>(_name, ColumnTypes.Of(typeof(T)), _values);

    public override void Compute(TRow row, int index) => _values[index] = _get(row);
}
