using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Storage;

/// <summary>
/// Small files that one process replaces while another reads them. Windows refuses to rename over a file somebody has
/// open, so both sides try again for a moment.
/// </summary>
internal static class SharedFile
{
    private const int Attempts = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task ReplaceAsync(
        string path, ReadOnlyMemory<byte> content, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                AtomicFile.Write(path, content.Span);
                return;
            }
            catch (Exception exception) when (IsSharing(exception) && attempt < Attempts && File.Exists(path))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>The bytes, or null when there is no such file.</summary>
    public static async Task<byte[]?> ReadAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var stream = OpenRead(path);
                using var memory = new MemoryStream();
                await stream.CopyToAsync(memory, cancellationToken);
                return memory.ToArray();
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (Exception exception) when (IsSharing(exception) && attempt < Attempts)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Opens a file so that it can still be renamed over or deleted.</summary>
    public static FileStream OpenRead(string path)
        => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);

    private static bool IsSharing(Exception exception)
        => OperatingSystem.IsWindows() && exception is IOException or UnauthorizedAccessException;
}
