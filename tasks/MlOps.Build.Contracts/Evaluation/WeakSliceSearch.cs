namespace MlOps.Build.Contracts;

/// <summary>Slices in which the challenger is worse than the baseline, found by looking in every column. They inform; rules judge.</summary>
public sealed record WeakSliceSearch
{
    /// <summary>The metric that was compared, a mean over rows such as <c>log-loss</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Columns looked in.</summary>
    public required int Columns { get; init; }

    /// <summary>Slices compared: those with the minimum support of the policy.</summary>
    public required int Slices { get; init; }

    /// <summary>Slices in which the challenger is worse, after Holm's correction over all that were compared.</summary>
    public required int Worse { get; init; }

    /// <summary>Columns that were not looked in, each with why.</summary>
    public required string[] LeftOut { get; init; }

    /// <summary>The slices among them that are also worse without the rows of the others named, at most ten; the largest harm first.</summary>
    public required WeakSlice[] Found { get; init; }
}

/// <summary>A slice in which the challenger is worse.</summary>
public sealed record WeakSlice
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The value, or the band of numbers; null is the slice of rows without one.</summary>
    public required string? Value { get; init; }

    /// <summary>Whether the column is sensitive.</summary>
    public required bool Sensitive { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }

    /// <summary>The baseline's value there.</summary>
    public required double Baseline { get; init; }

    /// <summary>The challenger's value there.</summary>
    public required double Challenger { get; init; }

    /// <summary>Challenger against baseline, oriented so that larger is better.</summary>
    public required double Difference { get; init; }

    /// <summary>Its one-sided lower bound, not adjusted for the number of slices.</summary>
    public required double? Lower { get; init; }

    /// <summary>Its one-sided upper bound, not adjusted for the number of slices.</summary>
    public required double? Upper { get; init; }

    /// <summary>The one-sided p-value of harm, adjusted for all slices that were compared (Holm).</summary>
    public required double PValue { get; init; }
}
