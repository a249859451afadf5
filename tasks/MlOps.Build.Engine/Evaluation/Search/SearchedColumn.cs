namespace MlOps.Build.Engine.Evaluating;

/// <summary>A column in which weak slices are looked for.</summary>
/// <param name="Name">The column.</param>
/// <param name="Sensitive">Whether its slices are fairness groups.</param>
/// <param name="Values">The slices; null stands for rows without a value.</param>
/// <param name="Codes">For each row the place of its slice in <paramref name="Values"/>; a byte, because there are many columns.</param>
public sealed record SearchedColumn(string Name, bool Sensitive, IReadOnlyList<string?> Values, byte[] Codes)
{
    /// <summary>A column with more slices than this is none to look in.</summary>
    public const int MostSlices = 60;

    internal static SearchedColumn Of(SliceColumn column)
        => new(column.Name, column.Sensitive, column.Values, Array.ConvertAll(column.Codes, code => (byte)code));
}

/// <summary>What there is to look in.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="LeftOut">Columns that are not looked in, each with why.</param>
public sealed record SearchedColumns(IReadOnlyList<SearchedColumn> Columns, IReadOnlyList<string> LeftOut);
