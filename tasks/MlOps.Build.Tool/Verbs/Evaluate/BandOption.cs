using System.CommandLine.Parsing;
using System.Globalization;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Tool.Verbs.Evaluate;

/// <summary>The values of <c>--bands</c>, such as <c>hour=6,12,18</c> and <c>distance=q4</c>.</summary>
internal static class BandOption
{
    private const int MostBands = 50;

    public static void Check(OptionResult result)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens.Select(token => token.Value))
        {
            if (Of(token) is not { } read)
            {
                result.AddError($"'{token}' cuts nothing into bands; write hour=6,12,18 with ascending edges, or distance=q4 for four of as many rows.");
            }
            else if (!columns.Add(read.Column))
            {
                result.AddError($"--bands names '{read.Column}' twice.");
            }
        }
    }

    public static Dictionary<string, BandConfiguration> Read(string[] values)
        => values.Select(value => Of(value)!.Value).ToDictionary(read => read.Column, read => read.Bands, StringComparer.Ordinal);

    private static (string Column, BandConfiguration Bands)? Of(string text)
    {
        var at = text.LastIndexOf('=');
        if (at < 1)
        {
            return null;
        }

        var (column, how) = (text[..at], text[(at + 1)..]);
        if (how.StartsWith('q'))
        {
            return int.TryParse(how.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var quantiles) && quantiles is >= 2 and <= MostBands
                ? (column, new() { Quantiles = quantiles })
                : null;
        }

        var edges = how.Split(',').Select(edge => double.TryParse(edge, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return Array.TrueForAll(edges, double.IsFinite) && edges.Length < MostBands && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second)
            ? (column, new() { Edges = edges })
            : null;
    }
}
