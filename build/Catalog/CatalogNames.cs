namespace MlOps.Build.Catalog;

/// <summary>A kebab-case name in the spelling of others.</summary>
public static class CatalogNames
{
    /// <summary><c>engine-path</c> as <c>EnginePath</c>.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary><c>engine-path</c> as <c>enginePath</c>: Azure DevOps takes letters and digits only.</summary>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + Pascal(name)[1..];

    /// <summary><c>engine-path</c> as <c>Engine path</c>.</summary>
    public static string Label(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    public static string Word<T>(T value)
        where T : struct, Enum
        => value.ToString().ToLowerInvariant();
}
