using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Reads the rows of a row class: members from the file, then derived members from the row itself.</summary>
internal sealed class RowLoader
{
    private readonly RowShape _shape;
    private readonly IReadOnlyList<ColumnPlan> _plans;
    private readonly ParquetFile _file;

    public RowLoader(Type rowType, ParquetFile file)
    {
        _shape = RowShape.Of(rowType);
        _file = file;
        var pairs = _shape.Read
            .Select(member => (Member: member, Source: ColumnMatch.Find(member, file)))
            .Where(pair => pair.Source is not null)
            .ToArray();
        foreach (var (member, _) in pairs)
        {
            RefuseUnknownType(member);
        }

        Members = [.. pairs.Select(pair => pair.Member)];
        _plans = [.. pairs.Select(pair => new ColumnPlan(pair.Source!, pair.Member.ValueType, pair.Member.ColumnName))];
    }

    /// <summary>The members that the file fills.</summary>
    public IReadOnlyList<RowMember> Members { get; }

    /// <summary>What a model on these rows reads, named as in the data.</summary>
    public ColumnSchema[] InputSchema =>
    [
        .. _plans.Select(plan => new ColumnSchema(
            plan.Source.Name,
            plan.Source.ContractType!,
            !plan.Target.IsValueType || plan.Target == typeof(float) || plan.Target == typeof(double)
                || Nullable.GetUnderlyingType(plan.Target) is not null)),
    ];

    /// <summary>Reads batches; <paramref name="extra"/> columns (the label) follow those of the row.</summary>
    public IEnumerable<ColumnarView> Read(
        IReadOnlyList<ColumnPlan> extra,
        string? where,
        int batchRows = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        foreach (var batch in _file.Read([.. _plans, .. extra], where, batchRows, cancellationToken))
        {
            var read = batch.Columns.Take(Members.Count).ToArray();
            var derived = _shape.Derived.Count == 0
                ? []
                : DerivedColumns.Of(_shape.Type, Members, read, _shape.Derived, batch.Rows);
            yield return new ColumnarView(
                [.. read.Where((_, i) => Members[i].IsColumn), .. derived, .. batch.Columns.Skip(Members.Count)],
                batch.Rows);
        }
    }

    private static void RefuseUnknownType(RowMember member)
    {
        if (member.IsColumn && !ColumnTypes.IsColumnType(member.ValueType))
        {
            throw ColumnTypes.Refuse(member.Member.Name, member.ValueType);
        }
    }
}
