using System.Text.Json;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Storage;

namespace MlOps.Build.Engine.Deployment;

/// <summary>
/// The journal of an environment: a line before each step and one after it. A line without its line feed was being
/// written when a process died; it says nothing and is cut off by the next writer.
/// </summary>
public sealed class Journal(string path, TimeProvider time)
{
    /// <summary>The complete lines.</summary>
    /// <exception cref="ProblemException">MLO2715: a line in the middle cannot be read.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = await SharedFile.ReadAsync(path, time, cancellationToken) ?? [];
        var entries = new List<JournalEntry>();
        foreach (var range in Lines(bytes))
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize(bytes.AsSpan(range), Documents.TypeInfo<JournalEntry>())!);
            }
            catch (JsonException exception)
            {
                throw DeploymentProblems.Refused(
                    "MLO2715",
                    $"The journal '{path}' cannot be read.",
                    FormattableString.Invariant($"Line {entries.Count + 1}: {exception.Message}"),
                    "Restore it from a copy, or move it away once `mlops status` shows that nothing is half done.");
            }
        }

        return entries;
    }

    /// <summary>The last rollout that began and did not say that it was done.</summary>
    public async Task<JournalEntry?> UnfinishedAsync(CancellationToken cancellationToken)
    {
        var entries = await ReadAsync(cancellationToken);
        var begin = entries.LastOrDefault(entry => entry.Step is RolloutStep.Begin);
        return entries is [.., { Step: RolloutStep.Done }] ? null : begin;
    }

    /// <summary>Appends a line and flushes it to the disk.</summary>
    public async Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        CutOffHalfALine(stream);
        byte[] line = [.. Documents.WriteLine(entry), (byte)'\n'];
        await stream.WriteAsync(line, cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    private static void CutOffHalfALine(FileStream stream)
    {
        var end = stream.Length;
        for (; end > 0; end--)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n')
            {
                break;
            }
        }

        if (end < stream.Length)
        {
            stream.SetLength(end);
        }

        stream.Position = end;
    }

    private static List<Range> Lines(byte[] bytes)
    {
        var lines = new List<Range>();
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                lines.Add(start..i);
                start = i + 1;
            }
        }

        return lines;
    }
}
