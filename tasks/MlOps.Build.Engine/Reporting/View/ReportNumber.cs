using System.Globalization;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Numbers as reports show them: invariant, with a true minus sign and as many decimals as carry meaning.</summary>
internal static class ReportNumber
{
    public const string None = "–";

    /// <summary>As many decimals as the standard error gives sense to; fewer for large values.</summary>
    public static int Digits(double? value, double? standardError)
    {
        var least = Math.Abs(value ?? 0) switch
        {
            < 10 => 3,
            < 1000 => 2,
            _ => 0,
        };
        return standardError is { } error and > 0
            ? Math.Clamp((int)Math.Ceiling(-Math.Log10(error)), least, 6)
            : least;
    }

    public static string Plain(double value, int digits)
        => value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            .Replace('-', '−');

    /// <summary>A value without trailing zeros, such as a limit of the policy.</summary>
    public static string Short(double value)
        => value.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');

    public static string Signed(double value, int digits)
    {
        var text = Plain(Math.Abs(value), digits);
        return IsZero(text) ? text : (value < 0 ? "−" : "+") + text;
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A p-value to three decimals, or that it is below them.</summary>
    public static string PValue(double p)
        => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Percent(double share) => Short(share * 100) + " %";

    public static string SignedPercent(double share)
    {
        var text = (Math.Abs(share) * 100).ToString("0.0#", CultureInfo.InvariantCulture) + " %";
        return IsZero(text) ? text : (share < 0 ? "−" : "+") + text;
    }

    private static bool IsZero(string text) => text.AsSpan().IndexOfAnyInRange('1', '9') < 0;
}
