using System.Buffers;
using System.Text;

namespace MlOps.Build.Engine.Processes;

/// <summary>
/// Reads both streams of a process as fast as it writes them and keeps a bounded part: the beginning of stdout, the
/// last lines of both. Bytes become text only where somebody looks at them, so that a flood costs no memory.
/// </summary>
internal sealed class OutputCapture(ProcessRequest request, CancellationTokenSource broken)
{
    private const int LineBytes = 4096;

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly LastLines _last = new(count: 50, LineBytes);
    private int _reported;

    public bool IsTruncated { get; private set; }

    public string Output => Encoding.UTF8.GetString(_output.WrittenSpan);

    public IReadOnlyList<string> LastLines => _last.ToList();

    /// <summary>Reads a stream to its end.</summary>
    public async Task ReadAsync(Stream stream, bool keep)
    {
        var isWhole = false;
        try
        {
            var chunk = new byte[64 * 1024];
            var line = new LineBuffer(LineBytes);
            int read;
            while ((read = await stream.ReadAsync(chunk)) > 0)
            {
                if (keep && request.OutputBytes is { } bytes)
                {
                    await bytes.WriteAsync(chunk.AsMemory(0, read));
                    continue;
                }

                if (keep)
                {
                    Keep(chunk.AsSpan(0, read));
                }

                SplitLines(chunk.AsSpan(0, read), line);
            }

            if (line.Length > 0)
            {
                Add(line.Content);
            }

            isWhole = true;
        }
        finally
        {
            if (!isWhole)
            {
                // A receiver that throws ends the process: nobody would read on, and it would wait forever.
                await broken.CancelAsync();
            }
        }
    }

    private void Keep(ReadOnlySpan<byte> chunk)
    {
        var room = request.OutputLimit - _output.WrittenCount;
        IsTruncated |= chunk.Length > room;
        _output.Write(chunk[..Math.Min(chunk.Length, room)]);
    }

    private void SplitLines(ReadOnlySpan<byte> chunk, LineBuffer line)
    {
        while (chunk.IndexOf((byte)'\n') is var end and >= 0)
        {
            line.Append(chunk[..end]);
            Add(line.Content);
            line.Clear();
            chunk = chunk[(end + 1)..];
        }

        line.Append(chunk);
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        lock (_gate)
        {
            _last.Add(line);
            if (request.OnLine is not null && _reported < request.LineLimit)
            {
                _reported++;
                request.OnLine(Encoding.UTF8.GetString(line));
            }
        }
    }
}

/// <summary>The beginning of the line that is being read.</summary>
internal sealed class LineBuffer(int limit)
{
    private readonly byte[] _bytes = new byte[limit];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> part)
    {
        part = part[..Math.Min(part.Length, _bytes.Length - Length)];
        part.CopyTo(_bytes.AsSpan(Length));
        Length += part.Length;
    }

    public void Clear() => Length = 0;
}

/// <summary>A ring of the last lines, which reuses its memory.</summary>
internal sealed class LastLines(int count, int limit)
{
    private readonly (byte[] Bytes, int Length)[] _ring = new (byte[], int)[count];
    private long _added;

    public void Add(ReadOnlySpan<byte> line)
    {
        ref var slot = ref _ring[_added++ % count];
        slot.Bytes ??= new byte[limit];
        line.CopyTo(slot.Bytes);
        slot.Length = line.Length;
    }

    public IReadOnlyList<string> ToList()
        => [.. Enumerable.Range(0, (int)Math.Min(_added, count))
            .Select(index => _ring[(Math.Max(0, _added - count) + index) % count])
            .Select(slot => Encoding.UTF8.GetString(slot.Bytes, 0, slot.Length))];
}
