using System.Runtime.InteropServices;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Two one-sided bounds.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>A value plus and minus a half-width.</summary>
    public static Interval Around(double value, double halfWidth) => new(value - halfWidth, value + halfWidth);
}
