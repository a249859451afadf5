namespace MlOps.Build.Engine.Evaluating;

/// <summary>The labels of the holdout and the columns it is cut by.</summary>
public sealed record HoldoutColumns
{
    /// <summary>Binary: 1 for the positive class, else 0. Multiclass: the index of the class. Regression: the value.</summary>
    public required double[] Labels { get; init; }

    /// <summary>For classification: the classes in order; binary: negative, positive. Empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The columns whose values are slices or fairness groups.</summary>
    public IReadOnlyList<SliceColumn> Slices { get; init; } = [];

    /// <summary>The columns in which weak slices are looked for, or null where none are.</summary>
    public SearchedColumns? Searched { get; init; }

    /// <summary>The group of each row, numbered from 0, or null when rows are independent.</summary>
    public int[]? Groups { get; init; }

    /// <summary>Digest of row ids and labels.</summary>
    public required string Digest { get; init; }

    /// <summary>Rows in the holdout before it was capped; null: as many as there are labels.</summary>
    public long? TotalRows { get; init; }
}

/// <summary>A column that cuts the holdout into slices.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Sensitive">Whether its slices are fairness groups.</param>
/// <param name="Values">The distinct values; null stands for rows without one.</param>
/// <param name="Codes">For each row the place of its value in <paramref name="Values"/>.</param>
public sealed record SliceColumn(string Name, bool Sensitive, IReadOnlyList<string?> Values, int[] Codes)
{
    /// <summary>The rows of each value, in order.</summary>
    public int[][] Members()
    {
        var members = Values.Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < Codes.Length; row++)
        {
            members[Codes[row]].Add(row);
        }

        return [.. members.Select(rows => rows.ToArray())];
    }

    /// <summary>A column from the text of each row.</summary>
    public static SliceColumn From(string name, bool sensitive, IReadOnlyList<string?> texts)
    {
        var values = texts.Distinct().Order(StringComparer.Ordinal).ToList();
        var places = values.Select((value, place) => (value, place)).Where(pair => pair.value is not null)
            .ToDictionary(pair => pair.value!, pair => pair.place, StringComparer.Ordinal);
        var missing = values.IndexOf(null);
        return new(name, sensitive, values, [.. texts.Select(text => text is null ? missing : places[text])]);
    }
}
