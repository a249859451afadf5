using System.Globalization;
using System.Text.Json;

namespace MlOps.Build.SharedData.Tests.Evaluating;

/// <summary>Reference results and the predictions of real models they were computed from.</summary>
internal static class Golden
{
    public static JsonElement Json(string file, params string[] path)
        => path.Aggregate(
            JsonDocument.Parse(File.ReadAllBytes(SharedData.Need("golden/" + file))).RootElement,
            (parent, child) => parent.GetProperty(child));

    public static string[][] Lines(string file)
        => [.. File.ReadAllLines(SharedData.Need("golden/" + file)).Select(line => line.Split(','))];

    /// <summary>A file of labels and of the scores of champion and challenger.</summary>
    public static Scored Read(string file, int? rows = null)
    {
        var lines = Lines(file);
        var taken = lines.Skip(1).Take(rows ?? lines.Length).ToArray();
        double[] Column(string name) => [.. taken.Select(line => double.Parse(line[Array.IndexOf(lines[0], name)], CultureInfo.InvariantCulture))];
        return new(Column("y"), Column("champion"), Column("challenger"), [.. taken.Select(line => line[2])]);
    }

    public static void Equal(double expected, double actual, double relative = 1e-9)
        => Assert.True(
            Math.Abs(expected - actual) <= Math.Max(relative * Math.Abs(expected), relative <= 1e-9 ? 1e-12 : 0),
            FormattableString.Invariant($"expected {expected:R}, actual {actual:R}"));
}

/// <summary>Labels, both sides, and the third column of the file (origin or race).</summary>
internal sealed record Scored(double[] Labels, double[] Champion, double[] Challenger, string[] Third)
{
    public double[] Side(string name) => name == "champion" ? Champion : Challenger;
}
