using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>The format of a dataset's files.</summary>
public enum SourceFormat
{
    /// <summary>Text with a header line; also gzipped.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}

/// <summary>The files of a dataset, sorted by path.</summary>
/// <param name="Format">Their one format.</param>
/// <param name="Files">Full paths.</param>
public sealed record SourceFiles(SourceFormat Format, IReadOnlyList<string> Files)
{
    /// <summary>The files that a source names: a file, a pattern or a folder.</summary>
    /// <exception cref="ProblemException">MLO2101, MLO2102 or MLO2103.</exception>
    public static SourceFiles Find(string projectRoot, string source)
    {
        if (source.Contains("://", StringComparison.Ordinal))
        {
            throw new ProblemException(new Problem(
                "MLO2103",
                $"The source '{source}' could not be read.",
                "Addresses are not read; files are.",
                "Copy the data into the project and set `data.source` to its path."));
        }

        var files = FileGlob.Expand(projectRoot, source)
            .Where(file => FormatOf(file) is not null)
            .Order(StringComparer.Ordinal)
            .ToArray();
        var formats = files.Select(FormatOf).Distinct().ToArray();
        return formats switch
        {
            [] => throw NothingThere(projectRoot, source),
            [{ } format] => new SourceFiles(format, RefuseEmpty(files)),
            _ => throw new ProblemException(new Problem(
                "MLO2103",
                $"The source '{source}' could not be read.",
                $"It holds both CSV and Parquet: '{Name(files, SourceFormat.Csv)}' and '{Name(files, SourceFormat.Parquet)}'.",
                "Name one of them, such as `source: data/*.parquet`.")),
        };
    }

    /// <summary>The format that a file's name tells, or null.</summary>
    public static SourceFormat? FormatOf(string path)
        => Path.GetFileName(path).ToUpperInvariant() switch
        {
            var name when name.EndsWith(".PARQUET", StringComparison.Ordinal) => SourceFormat.Parquet,
            var name when name.EndsWith(".CSV", StringComparison.Ordinal)
                || name.EndsWith(".CSV.GZ", StringComparison.Ordinal) => SourceFormat.Csv,
            _ => null,
        };

    private static string Name(string[] files, SourceFormat format)
        => Path.GetFileName(files.First(file => FormatOf(file) == format));

    private static string[] RefuseEmpty(string[] files)
        => files.FirstOrDefault(file => new FileInfo(file).Length == 0) is not { } empty
            ? files
            : throw new ProblemException(new Problem(
                "MLO2102",
                $"The file '{empty}' could not be read.",
                "It is empty: 0 bytes.",
                "Fetch it again, or leave it out of `data.source`.")
            { Exit = ExitCode.Unavailable });

    private static ProblemException NothingThere(string projectRoot, string source)
        => new(new Problem(
            "MLO2101",
            $"No data was found at '{source}'.",
            $"No .csv, .csv.gz or .parquet file matches it below '{Path.GetFullPath(projectRoot)}'.",
            "Correct `data.source` in mlops.yml, or put the file there.")
        { Exit = ExitCode.Unavailable });
}
