using System.Globalization;

namespace MlOps.Build.Engine.Configuration;

/// <summary>The mapping <c>data.bands</c>.</summary>
internal static class BandSection
{
    private const int MostBands = 50;

    public static IReadOnlyDictionary<string, BandConfiguration> Read(YamlMap map)
        => map.Keys.ToArray().ToDictionary(column => column, column => ReadColumn(column, map.Map(column)), StringComparer.Ordinal);

    /// <summary>Bands of a column that is not cut by would have no effect.</summary>
    public static void Check(DataConfiguration data, YamlMap map)
    {
        string[] known = [.. data.Slices, .. data.Sensitive];
        foreach (var column in data.Bands.Keys.Where(column => !known.Contains(column, StringComparer.Ordinal)))
        {
            map.Log.Wrong(
                map.Map("bands").Map(column).Place,
                $"'data.bands.{column}' has no effect.",
                known.Length == 0 ? "'data.slices' and 'data.sensitive' name no columns." : $"'data.slices' and 'data.sensitive' do not name it. {DidYouMean.Sentence(column, known)}",
                $"List '{column}' under `data.slices`.");
        }
    }

    private static BandConfiguration ReadColumn(string column, YamlMap map)
    {
        var texts = map.Texts("edges");
        var quantiles = map.Has("quantiles") ? Words.Integer(map, "quantiles", 4, 2) : (int?)null;
        var edges = texts.Select(text => UnitText.TryNumber(text, out var edge) ? edge : double.NaN).ToArray();
        _ = map.Node("quantiles");
        map.RefuseUnknownKeys();
        if ((edges.Length == 0) == quantiles is null)
        {
            Refuse("It needs either edges or a number of quantiles.");
        }
        else if (edges.Length >= MostBands || quantiles > MostBands)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"It has more than {MostBands} bands."));
        }
        else if (edges.Zip(edges.Skip(1)).Any(pair => !(pair.First < pair.Second)) || !Array.TrueForAll(edges, double.IsFinite))
        {
            Refuse($"Its edges [{string.Join(", ", texts)}] are not ascending numbers.");
        }

        return new() { Edges = edges, Quantiles = quantiles };

        void Refuse(string why) => map.Log.Wrong(map.Place, $"'{map.Path}' cannot cut '{column}' into bands.", why, "Write for example `{ edges: [6, 12, 18] }` or `{ quantiles: 4 }`.");
    }
}
