namespace MlOps.Build.Engine.Evaluating;

/// <summary>A quantity with what is known about its error.</summary>
public sealed record Estimate
{
    /// <summary>NaN where the rows do not define it.</summary>
    public required double Value { get; init; }

    /// <summary>Standard error with training noise; null where there is no way to tell.</summary>
    public double? StandardError { get; init; }

    /// <summary>The part of <see cref="StandardError"/> that more rows would shrink.</summary>
    public double SamplingError { get; init; }

    /// <summary>Standard deviation between replicates; null with fewer than two.</summary>
    public double? TrainingNoise { get; init; }

    public int Replicates { get; init; } = 1;

    public double? DegreesOfFreedom { get; init; }

    /// <summary>Decisions and their p-values rest on these.</summary>
    public Interval? Bounds { get; init; }

    /// <summary>The values the quantity can have at all.</summary>
    public Interval Range { get; init; } = MetricRange.Unbounded;

    /// <summary>
    /// The bounds as documents show them: what the quantity cannot be is left out. That loses no coverage, because the truth is
    /// never there.
    /// </summary>
    public Interval? Shown => Bounds is { } bounds
        ? new(Math.Clamp(bounds.Lower, Range.Lower, Range.Upper), Math.Clamp(bounds.Upper, Range.Lower, Range.Upper))
        : null;

    /// <summary>Two-sided p-value of zero.</summary>
    public double? PValue { get; init; }

    public string Method { get; init; } = Methods.None;

    /// <summary>Why something is missing.</summary>
    public string? Note { get; init; }

    public bool IsDefined => !double.IsNaN(Value);

    public static Estimate Undefined(string note) => new() { Value = double.NaN, Note = note };
}

/// <summary>How documents name what was done.</summary>
internal static class Methods
{
    public const string None = "value only";
    public const string DeLong = "DeLong";
    public const string DeLongLogit = "DeLong, logit";
    public const string BirnbaumKlose = "Birnbaum-Klose bound";
    public const string Newcombe = "McNemar, Newcombe";
    public const string Wilson = "Wilson";
    public const string PairedT = "paired t";
    public const string MeanT = "t";
    public const string Corrected = "paired bootstrap, BCa";
    public const string Normal = "DeLong, normal";
    public const string Exact = "Clopper-Pearson";
    public const string Wald = "Wald";
    public const string Basic = "paired bootstrap, basic";
    public const string LeftOut = "jackknife of 100 blocks, t";
    public const string Percentile = "paired bootstrap, percentile";
    public const string ByGroup = ", by group";
}
