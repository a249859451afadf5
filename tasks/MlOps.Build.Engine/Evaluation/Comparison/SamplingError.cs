namespace MlOps.Build.Engine.Evaluating;

/// <summary>The error that comes from the rows of the holdout, before training noise.</summary>
/// <param name="Variance">Its variance; NaN where there are too few rows to tell.</param>
/// <param name="DegreesOfFreedom">Of a t distribution; null for a normal one or given bounds.</param>
/// <param name="Bounds">Bounds that are not simply the value plus and minus a multiple of the error.</param>
/// <param name="PValue">A p-value that does not follow from value and error.</param>
/// <param name="Method">How it was found.</param>
/// <param name="Note">Why it is missing.</param>
internal sealed record SamplingError(
    double Variance,
    double? DegreesOfFreedom,
    string Method,
    Interval? Bounds = null,
    double? PValue = null,
    string? Note = null)
{
    public static SamplingError None(string note) => new(double.NaN, null, Methods.None, Note: note);
}
