using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>Reads and writes <c>mlops.lock.json</c>.</summary>
public static class LockFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "mlops.lock.json";

    /// <summary>The digest a dataset was locked at, or null.</summary>
    /// <exception cref="ProblemException">MLO2001: the file cannot be read, for example after a merge conflict.</exception>
    public static string? DigestOf(string projectRoot, string source)
        => Read(projectRoot)?.Datasets.GetValueOrDefault(source);

    /// <summary>Notes the digest of a dataset; a file that says so already is left alone.</summary>
    public static void Note(string projectRoot, string source, string digest)
    {
        var known = Read(projectRoot)?.Datasets ?? new Dictionary<string, string>();
        if (known.GetValueOrDefault(source) == digest)
        {
            return;
        }

        var datasets = new SortedDictionary<string, string>(known.ToDictionary(), StringComparer.Ordinal) { [source] = digest };
        TableWriter.Guard(Path.Combine(projectRoot, FileName), path =>
        {
            AtomicFile.Write(path, new DataLock { Datasets = datasets });
            return path;
        });
    }

    private static DataLock? Read(string projectRoot)
    {
        var path = Path.Combine(projectRoot, FileName);
        return File.Exists(path) ? Documents.Read<DataLock>(path) : null;
    }
}
