using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>Writes <c>events.jsonl</c>, each line at once, so that whoever watches sees it.</summary>
internal sealed class EventLog : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    public EventLog(string directory, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        _file = new FileStream(
            Path.Combine(directory, "events.jsonl"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _time = time;
    }

    public void Message(string text) => Write(new TrainingEvent { Message = text, At = _time.GetUtcNow() });

    public void Metric(int step, string metric, double value)
        => Write(new TrainingEvent
        {
            Step = step,
            Metric = metric,
            Value = double.IsFinite(value) ? value : null,
            At = _time.GetUtcNow(),
        });

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private void Write(TrainingEvent line)
    {
        lock (_lock)
        {
            if (_file.CanWrite)
            {
                _file.Write([.. Documents.WriteLine(line), (byte)'\n']);
                _file.Flush();
            }
        }
    }
}
