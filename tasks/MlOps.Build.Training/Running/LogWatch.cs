using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlOps.Build.Training;

/// <summary>
/// Reads ML.NET's log for what it tells nowhere else: rows it dropped silently, the iteration it kept, warnings.
/// </summary>
internal sealed partial class LogWatch(Action<string> message)
{
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _dropped;

    /// <summary>Rows that training left out because a feature was missing.</summary>
    public long DroppedRows => _dropped;

    /// <summary>The iteration at which early stopping was met.</summary>
    public int? BestStep { get; private set; }

    /// <summary>Warnings, each once.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    public void Attach(MLContext ml)
        => ml.Log += (_, line) => Read(line.Kind, line.RawMessage);

    internal void Read(ChannelMessageKind kind, string text)
    {
        lock (_lock)
        {
            if (Skipped().Match(text) is { Success: true } skipped)
            {
                // Said once a scan of the same rows, so the largest number counts.
                _dropped = Math.Max(_dropped, long.Parse(skipped.Groups["rows"].Value, CultureInfo.InvariantCulture));
                Warn($"{text.TrimEnd('.')}. Impute them (ml.Transforms.ReplaceMissingValues) or use LightGBM, which handles them.");
            }
            else if (EarlyStop().Match(text) is { Success: true } stop)
            {
                BestStep = int.Parse(stop.Groups["step"].Value, CultureInfo.InvariantCulture);
                message(text);
            }
            else if (kind is ChannelMessageKind.Warning or ChannelMessageKind.Error)
            {
                Warn(text);
            }
        }
    }

    private void Warn(string text)
    {
        if (_warnings.Count < 100 && _warnings.Add(text))
        {
            message(text);
        }
    }

    [GeneratedRegex(@"[Ss]kipped (?<rows>\d+) (?:instances|rows|examples)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Skipped();

    [GeneratedRegex(@"early stopping, best iteration: (?<step>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EarlyStop();
}
