using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Training;

/// <summary>
/// Reads what a scorer measured of itself. It is the word of code under review: what cannot be true by the engine's own clock
/// is not taken.
/// </summary>
internal static class TimingsCheck
{
    /// <summary>The timings, or why there are none.</summary>
    public static (ScoreTimings? Timings, string? WhyNot) Read(string file, int rows, TimeSpan wall)
    {
        if (!File.Exists(file))
        {
            return (null, "the scorer does not time itself (one of MlOps.Build.Training does; docs/trainer-protocol.md)");
        }

        ScoreTimings timings;
        try
        {
            timings = Documents.Read<ScoreTimings>(file);
        }
        catch (ProblemException exception)
        {
            return (null, $"the scorer's timings cannot be read: {exception.Problem.Why.TrimEnd('.')}");
        }

        return WhyNot(timings, rows, wall) is { } why ? (null, why) : (timings, null);
    }

    private static string? WhyNot(ScoreTimings timings, int rows, TimeSpan wall)
    {
        if (timings.RowSeconds.Length != rows)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the scorer was asked for {rows} rows and timed {timings.RowSeconds.Length}");
        }

        if (timings.RowSeconds.Append(timings.LoadSeconds).Any(value => !double.IsFinite(value) || value < 0) || timings.AllocatedBytes < 0)
        {
            return "the scorer's timings hold a value that is negative or no number";
        }

        var said = timings.LoadSeconds + timings.RowSeconds.Sum();
        return said > wall.TotalSeconds
            ? string.Create(CultureInfo.InvariantCulture, $"the scorer says it took {said:0.###} s, and its process lived {wall.TotalSeconds:0.###} s")
            : null;
    }
}
