using System.IO.Compression;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>How much is too much.</summary>
public sealed record ScanLimits
{
    public int Files { get; init; } = 10_000;

    public long Bytes { get; init; } = 8L << 30;

    /// <summary>Bytes out of an archive by bytes of the archive; a model of ML.NET stays below 30.</summary>
    public int Ratio { get; init; } = 200;
}

/// <summary>Looks at the bytes of what a trainer wrote, without loading anything.</summary>
public static class ModelScan
{
    /// <summary>Kinds that somebody may accept by naming the file; the others never enter the registry.</summary>
    public static IReadOnlyList<string> Acceptable { get; } = ["pickle", "executable", "script"];

    /// <summary>Everything suspicious about the files of a folder.</summary>
    public static IReadOnlyList<ScanFinding> Look(string folder, ScanLimits limits)
    {
        var root = new DirectoryInfo(folder);
        var entries = FolderWalk.Entries(folder);
        var links = entries.Where(entry => entry.LinkTarget is not null).ToList();
        if (links.Count > 0)
        {
            return [.. links.Select(link => Link(NameOf(root, link)))];
        }

        var files = entries.OfType<FileInfo>().OrderBy(file => NameOf(root, file), StringComparer.Ordinal).ToList();
        return [
            .. Sizes(files, limits),
            .. FileNames.Collisions(files.Select(file => NameOf(root, file))),
            .. files.SelectMany(file => LookAt(file, NameOf(root, file), limits)),
        ];
    }

    private static ScanFinding Link(string name)
        => new(name, "link", $"'{name}' is a symbolic link: its bytes lie somewhere else and can change.");

    private static IEnumerable<ScanFinding> Sizes(List<FileInfo> files, ScanLimits limits)
    {
        if (files.Count > limits.Files)
        {
            yield return new("model", "size", $"There are {files.Count} files; at most {limits.Files} are accepted.");
        }

        var bytes = files.Sum(file => file.Length);
        if (bytes > limits.Bytes)
        {
            yield return new("model", "size", $"The files have {bytes} bytes; at most {limits.Bytes} are accepted.");
        }
    }

    private static IEnumerable<ScanFinding> LookAt(FileInfo file, string name, ScanLimits limits)
    {
        if (FileNames.Look(name) is { } path)
        {
            return [path];
        }

        using var stream = file.OpenRead();
        var head = Head(stream);
        return FileKind.Look(name, head) is { } kind ? [kind]
            : FileKind.IsZip(head) ? LookInto(stream, name, file.Length, limits)
            : [];
    }

    private static List<ScanFinding> LookInto(FileStream stream, string name, long size, ScanLimits limits)
    {
        var findings = new List<ScanFinding>();
        try
        {
            stream.Position = 0;
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > limits.Files)
            {
                return [new(name, "archive", $"'{name}' has {archive.Entries.Count} entries; at most {limits.Files} are accepted.")];
            }

            findings.AddRange(FileNames.Collisions(archive.Entries.Select(entry => entry.FullName))
                .Select(collision => collision with { File = name }));
            var room = Math.Min(limits.Bytes, Math.Max(size, 4096) * limits.Ratio);
            foreach (var entry in archive.Entries)
            {
                LookAtEntry(entry, name, findings, ref room);
            }
        }
        catch (InvalidDataException exception)
        {
            findings.Add(new(name, "archive", $"'{name}' begins like a zip archive and is none: {exception.Message}"));
        }

        return findings;
    }

    private static void LookAtEntry(ZipArchiveEntry entry, string name, List<ScanFinding> findings, ref long room)
    {
        // ML.NET writes its entries with backslashes when it runs on Windows; the reader treats them as folders.
        var path = entry.FullName.Replace('\\', '/').TrimEnd('/');
        const int unixLink = 0xA;
        if (((entry.ExternalAttributes >> 28) & 0xF) == unixLink)
        {
            findings.Add(new(name, "link", $"'{path}' in '{name}' is a symbolic link."));
        }
        else if (FileNames.Look(path, name) is { } wrong)
        {
            findings.Add(wrong);
        }
        else if (room >= 0)
        {
            using var content = entry.Open();
            if (FileKind.Look($"{name}!{path}", Head(content, out var read)) is { } kind)
            {
                findings.Add(kind with { File = name });
            }

            // What an archive says about its sizes may be a lie: the bytes that come out count.
            room -= read + Drain(content, room - read);
            if (room < 0)
            {
                findings.Add(new(name, "archive", $"'{name}' unpacks to far more than it weighs: a bomb, not a model."));
            }
        }
    }

    private static long Drain(Stream content, long room)
    {
        var buffer = new byte[1 << 16];
        var total = 0L;
        for (var read = 0; total <= room && (read = content.Read(buffer)) > 0;)
        {
            total += read;
        }

        return total;
    }

    private static byte[] Head(Stream stream) => Head(stream, out _);

    private static byte[] Head(Stream stream, out int read)
    {
        var head = new byte[FileKind.HeadBytes];
        read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..read];
    }

    private static string NameOf(DirectoryInfo root, FileSystemInfo entry)
        => Path.GetRelativePath(root.FullName, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
