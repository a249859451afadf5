using System.Text.Json;
using System.Text.RegularExpressions;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Training;

/// <summary>Reads a line of <c>events.jsonl</c>.</summary>
public static partial class EventLine
{
    /// <summary>The event, or null when the line is none.</summary>
    public static TrainingEvent? TryParse(string line)
    {
        try
        {
            // Python's json module writes NaN and Infinity, which JSON does not have; both mean "not a finite number".
            return JsonSerializer.Deserialize(NotFinite().Replace(line, ": null"), Documents.TypeInfo<TrainingEvent>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<=""value""\s*):\s*-?(NaN|Infinity)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotFinite();
}
