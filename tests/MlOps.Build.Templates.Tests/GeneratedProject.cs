namespace MlOps.Build.Templates.Tests;

/// <summary>What <c>dotnet new mlops-project</c> wrote.</summary>
internal sealed record GeneratedProject(string Name, string Folder)
{
    private static readonly string[] Binary = [".parquet"];

    /// <summary>Every file, relative, with <c>/</c>, sorted.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public IEnumerable<(string File, string Text)> Texts
        => Files.Where(file => !Binary.Contains(Path.GetExtension(file))).Select(file => (file, Read(file)));

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public bool Has(string file) => File.Exists(Path.Combine(Folder, file));
}
