using System.Buffers;
using System.Text;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Training;

/// <summary>Follows <c>events.jsonl</c> while somebody else writes it.</summary>
internal sealed class EventTail(string path, Action<TrainingEvent> receive)
{
    /// <summary>What a training has to say fits into this; more is not read.</summary>
    private const long MaximumBytes = 64L * 1024 * 1024;

    private const int MaximumLineBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private long _position;

    /// <summary>Lines that were no event.</summary>
    public int BadLines { get; private set; }

    /// <summary>Reads until <paramref name="ended"/>, then the rest.</summary>
    public async Task FollowAsync(TimeSpan interval, TimeProvider time, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            ReadNew();
            try
            {
                await Task.Delay(interval, time, ended);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        ReadNew();
        if (_line.WrittenCount > 0)
        {
            Take();
        }
    }

    private void ReadNew()
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _position;
        var buffer = new byte[16 * 1024];
        int read;
        while (_position < MaximumBytes && (read = stream.Read(buffer)) > 0)
        {
            _position += read;
            foreach (var value in buffer.AsSpan(0, read))
            {
                if (value == (byte)'\n')
                {
                    Take();
                }
                else if (_line.WrittenCount <= MaximumLineBytes)
                {
                    _line.Write([value]);
                }
            }
        }
    }

    private void Take()
    {
        var text = Encoding.UTF8.GetString(_line.WrittenSpan);
        var isTooLong = _line.WrittenCount > MaximumLineBytes;
        _line.ResetWrittenCount();
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (!isTooLong && EventLine.TryParse(text) is { } trainingEvent)
        {
            receive(trainingEvent);
        }
        else
        {
            BadLines++;
        }
    }
}
