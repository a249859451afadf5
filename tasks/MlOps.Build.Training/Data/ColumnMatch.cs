using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Finds the column of a file that fills a member.</summary>
internal static class ColumnMatch
{
    /// <summary>By stated name, by equal name, then by name without case, <c>_</c>, <c>-</c> and spaces; null if it may be absent.</summary>
    /// <exception cref="ProblemException">MLO2223: no column, or several, would fit.</exception>
    public static SourceColumn? Find(RowMember member, ParquetFile file)
    {
        var wanted = member.StatedSource ?? member.ColumnName;
        var exact = file.Columns.FirstOrDefault(column => string.Equals(column.Name, wanted, StringComparison.Ordinal));
        if (exact is not null)
        {
            return exact;
        }

        var similar = member.StatedSource is null
            ? file.Columns.Where(column => Plain(column.Name) == Plain(wanted)).ToArray()
            : [];
        return similar switch
        {
            [var only] => only,
            [] when member.IsOptional => null,
            [] => throw Refuse(member, file, $"It has {string.Join(", ", file.Columns.Select(column => column.Name))}."),
            _ => throw Refuse(
                member, file, $"Several would fit: {string.Join(", ", similar.Select(column => column.Name))}."),
        };
    }

    /// <summary>The plan for a column that is asked for by name.</summary>
    public static ColumnPlan Plan(ParquetColumn column, ParquetFile file)
    {
        var source = file.Columns.FirstOrDefault(found => string.Equals(found.Name, column.Name, StringComparison.Ordinal))
            ?? throw new ProblemException(new Problem(
                "MLO2223",
                $"The data '{Path.GetFileName(file.Path)}' has no column '{column.Name}'.",
                $"It has {string.Join(", ", file.Columns.Select(found => found.Name))}.",
                "Correct the name."));
        return ColumnTypes.IsColumnType(column.Type)
            ? new ColumnPlan(source, column.Type, column.As ?? column.Name)
            : throw ColumnTypes.Refuse(column.Name, column.Type);
    }

    private static string Plain(string name)
        => string.Concat(name.Where(c => c is not ('_' or '-' or ' '))).ToUpperInvariant();

    private static ProblemException Refuse(RowMember member, ParquetFile file, string why)
        => new(new Problem(
            "MLO2223",
            $"The data '{Path.GetFileName(file.Path)}' has no column for '{member.Member.Name}'.",
            why,
            $"Name the column with [DataColumn(\"...\")] on '{member.Member.Name}', or remove the member: "
                + "columns under data.ignore and data.sensitive never reach a trainer."));
}
