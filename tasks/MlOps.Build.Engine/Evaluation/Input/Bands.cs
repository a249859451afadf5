using System.Globalization;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Evaluating;

/// <summary>Cuts a column of numbers into bands; each holds its lower edge and not its upper one.</summary>
internal static class Bands
{
    /// <summary>The bands that hold a row, ascending, and rows without a number last.</summary>
    /// <param name="name">The column.</param>
    /// <param name="sensitive">Whether its bands are fairness groups.</param>
    /// <param name="numbers">The number of each row; NaN where it has none.</param>
    /// <param name="bands">The edges, or how many quantiles.</param>
    /// <param name="write">How an edge is written; null: as a number.</param>
    public static SliceColumn Cut(string name, bool sensitive, double[] numbers, BandConfiguration bands, Func<double, string>? write = null)
    {
        var edges = bands.Quantiles is { } quantiles ? Quantiles(numbers, quantiles) : bands.Edges.ToArray();
        var missing = edges.Length + 1;
        var codes = Array.ConvertAll(numbers, number => double.IsNaN(number) ? missing : Place(edges, number));
        var held = codes.Distinct().Order().ToArray();
        var places = new int[missing + 1];
        for (var place = 0; place < held.Length; place++)
        {
            places[held[place]] = place;
        }

        return new(
            name,
            sensitive,
            [.. held.Select(band => band == missing ? null : Name(edges, band, write ?? Text))],
            Array.ConvertAll(codes, code => places[code]));
    }

    /// <summary>Numbers of the column below which as many rows lie as the share asks for; equal numbers stay together.</summary>
    private static double[] Quantiles(double[] numbers, int count)
    {
        var sorted = Array.FindAll(numbers, number => !double.IsNaN(number));
        Array.Sort(sorted);
        return sorted.Length == 0
            ? []
            : [.. Enumerable.Range(1, count - 1)
                .Select(k => sorted[(long)k * sorted.Length / count])
                .Where(edge => edge > sorted[0])
                .Distinct()];
    }

    /// <summary>How many edges a number has reached.</summary>
    private static int Place(double[] edges, double number)
    {
        var place = Array.BinarySearch(edges, number);
        return place >= 0 ? place + 1 : ~place;
    }

    private static string Name(double[] edges, int band, Func<double, string> write)
        => edges.Length == 0 ? "every number"
            : band == 0 ? $"< {write(edges[0])}"
            : band == edges.Length ? $">= {write(edges[^1])}"
            : $"[{write(edges[band - 1])}, {write(edges[band])})";

    private static string Text(double edge) => edge.ToString(CultureInfo.InvariantCulture);
}
