using System.IO.Compression;
using MlOps.Build.Contracts;

namespace MlOps.Build.Training;

/// <summary>
/// Rewrites a zip so that equal content is equal bytes: entries sorted by name, one fixed time, stored without
/// compression, because the output of a compressor differs between versions of the runtime. ML.NET itself writes only
/// the clock into its zip.
/// </summary>
internal static class CanonicalZip
{
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream zip, string path)
    {
        using var source = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        using var buffer = new MemoryStream();
        using (var target = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.OrderBy(Name, StringComparer.Ordinal))
            {
                var copy = target.CreateEntry(Name(entry), CompressionLevel.NoCompression);
                copy.LastWriteTime = Epoch;
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }

        AtomicFile.Write(path, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    // On Windows ML.NET separates folders with a backslash.
    private static string Name(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');
}
