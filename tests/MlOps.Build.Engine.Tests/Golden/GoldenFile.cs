using System.Globalization;
using System.Text.Json;

namespace MlOps.Build.Engine.Tests;

/// <summary>Reference results computed by numpy, scipy, scikit-learn and R, with the inputs they were computed from.</summary>
internal static class GoldenFile
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden");

    public static JsonElement Json(string name, params string[] path)
    {
        var element = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name))).RootElement;
        return path.Aggregate(element, (parent, child) => parent.GetProperty(child));
    }

    public static Dictionary<string, string[]> Csv(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name)).Select(line => line.Split(',')).ToArray();
        return lines[0].Select((column, i) => (column, values: lines.Skip(1).Select(line => line[i]).ToArray()))
            .ToDictionary(pair => pair.column, pair => pair.values);
    }

    public static double[] Numbers(this string[] texts)
        => [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    public static void Equal(double expected, double actual, double relative = 1e-9)
        => Assert.True(
            Math.Abs(expected - actual) <= Math.Max(relative * Math.Abs(expected), 1e-12 * (relative <= 1e-9 ? 1 : 0)),
            FormattableString.Invariant($"expected {expected:R}, actual {actual:R}"));
}
