using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Training;

/// <summary>Shows the progress of a training and stops it when a rule says so.</summary>
internal sealed class TrainingWatch(
    TrainerStart start, IProgressLog log, TimeProvider time, CancellationTokenSource stop)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly StopRules _rules = new(start.Stop);
    private readonly OutputRelay _messages = new(log, start.Name);
    private long _lastShown = time.GetTimestamp();

    /// <summary>Why the engine asked the trainer to stop, or null.</summary>
    public StopReason? Reason { get; private set; }

    /// <summary>The event that led to <see cref="Reason"/>, in words.</summary>
    public string LastEvent { get; private set; } = string.Empty;

    public void Observe(TrainingEvent trainingEvent)
    {
        if (Reason is not null)
        {
            return;
        }

        if (trainingEvent.Message is { } message)
        {
            _messages.Line(message);
        }

        LastEvent = Describe(trainingEvent);
        Show();
        Reason = _rules.Observe(trainingEvent);
        if (Reason is not null)
        {
            log.Warn($"{start.Name} is asked to stop ({Reason}): {LastEvent}");
            stop.Cancel();
        }
    }

    private void Show()
    {
        if (LastEvent.Length > 0 && time.GetElapsedTime(_lastShown) >= Interval)
        {
            _lastShown = time.GetTimestamp();
            log.Step($"{start.Name}: {LastEvent}");
        }
    }

    private static string Describe(TrainingEvent trainingEvent)
        => trainingEvent.Metric is not { } metric
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $"step {trainingEvent.Step}, {OutputNeutraliser.Neutralise(metric)} {trainingEvent.Value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "not finite"}");
}
