using System.IO.Compression;

namespace MlOps.Build.Training.Tests;

public sealed class CanonicalZipTests : IDisposable
{
    private readonly TrainerFixture _folder = new();

    [Fact]
    public void Equal_entries_are_equal_bytes_whatever_their_order_time_and_compression()
    {
        using var first = Zip(CompressionLevel.Optimal, 2001, ("b", "second"), ("a/x", "first"));
        using var second = Zip(CompressionLevel.Fastest, 2024, ("a\\x", "first"), ("b", "second"));

        CanonicalZip.Write(first, _folder["first.zip"]);
        CanonicalZip.Write(second, _folder["second.zip"]);

        Assert.Equal(File.ReadAllBytes(_folder["first.zip"]), File.ReadAllBytes(_folder["second.zip"]));
    }

    [Fact]
    public void Nothing_is_lost_on_the_way()
    {
        using var zip = Zip(CompressionLevel.Optimal, 2001, ("b", "second"), ("a/x", "first"));

        CanonicalZip.Write(zip, _folder["model.zip"]);

        using var written = ZipFile.OpenRead(_folder["model.zip"]);
        Assert.Equal(["a/x", "b"], written.Entries.Select(entry => entry.FullName));
        Assert.Equal(["first", "second"], written.Entries.Select(Content));
    }

    [Fact]
    public void Other_content_is_other_bytes()
    {
        using var first = Zip(CompressionLevel.Optimal, 2001, ("a", "1"));
        using var second = Zip(CompressionLevel.Optimal, 2001, ("a", "2"));

        CanonicalZip.Write(first, _folder["first.zip"]);
        CanonicalZip.Write(second, _folder["second.zip"]);

        Assert.NotEqual(File.ReadAllBytes(_folder["first.zip"]), File.ReadAllBytes(_folder["second.zip"]));
    }

    public void Dispose() => _folder.Dispose();

    private static string Content(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static MemoryStream Zip(CompressionLevel level, int year, params (string Name, string Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(year, 5, 6, 7, 8, 10, TimeSpan.Zero);
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
