using System.Globalization;

namespace MlOps.Build.Engine.Configuration;

/// <summary>Durations, sizes and shares as people write them.</summary>
public static class UnitText
{
    private static readonly (string Suffix, TimeSpan Unit)[] Durations =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    private static readonly (string Suffix, double Unit)[] Energies = [("mWh", 1e-3), ("kWh", 1e3), ("Wh", 1)];

    private static readonly (string Suffix, long Unit)[] Sizes =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("B", 1),
    ];

    /// <summary>Reads <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>14d</c> or <c>250ms</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        foreach (var (suffix, unit) in Durations)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && TryNumber(text.AsSpan(0, text.Length - suffix.Length), out var number)
                && number >= 0
                && number * unit.TotalDays < 36_500)
            {
                value = unit * number;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Reads <c>500MB</c>, <c>4GB</c> (powers of ten) or <c>4GiB</c> (powers of two).</summary>
    public static bool TrySize(string text, out long bytes)
    {
        foreach (var (suffix, unit) in Sizes)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && TryNumber(text.AsSpan(0, text.Length - suffix.Length), out var number)
                && number >= 0
                && number * unit < long.MaxValue)
            {
                bytes = (long)(number * unit);
                return true;
            }
        }

        bytes = 0;
        return false;
    }

    /// <summary>Reads <c>5Wh</c>, <c>250mWh</c> or <c>1.5kWh</c> in watt-hours.</summary>
    public static bool TryEnergy(string text, out double wattHours)
    {
        foreach (var (suffix, unit) in Energies)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && TryNumber(text.AsSpan(0, text.Length - suffix.Length), out var number) && number >= 0)
            {
                wattHours = number * unit;
                return true;
            }
        }

        wattHours = 0;
        return false;
    }

    /// <summary>Reads <c>20%</c> or <c>0.2</c> as the fraction 0.2.</summary>
    public static bool TryShare(string text, out double share)
    {
        var percent = text.EndsWith('%');
        var read = TryNumber(percent ? text.AsSpan(0, text.Length - 1) : text, out share);
        share = percent ? share / 100 : share;
        return read;
    }

    /// <summary>Reads a finite number in invariant form.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value)
        => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);

    /// <summary>Writes a duration as <see cref="TryDuration"/> reads it.</summary>
    public static string Duration(TimeSpan value)
    {
        var (suffix, unit) = Durations.Last(pair => pair.Unit.Ticks == 1
            || value.Ticks % pair.Unit.Ticks == 0
            || pair.Unit == Durations[0].Unit);
        return value == TimeSpan.Zero
            ? "0s"
            : string.Create(CultureInfo.InvariantCulture, $"{(double)value.Ticks / unit.Ticks:R}{suffix}");
    }

    /// <summary>Writes a share as a percentage.</summary>
    public static string Share(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.####}%");
}
