namespace MlOps.Build.Engine.Configuration;

/// <summary>A file that <c>extends</c> names, as it was found.</summary>
/// <param name="Path">Its path from the top folder of the repository, with <c>/</c>.</param>
/// <param name="Text">What it holds; null where it cannot be used.</param>
/// <param name="WhyNot">Why it cannot.</param>
public sealed record PolicyFile(string Path, string? Text, string? WhyNot = null);

/// <summary>Where the files of <c>extends</c> are read: the work tree, or a commit.</summary>
public interface IPolicyFiles
{
    /// <summary>The project's folder below the top folder of the repository, with <c>/</c>; empty when it is the top folder.</summary>
    string Prefix { get; }

    /// <summary>Reads one.</summary>
    /// <param name="path">Its path from the top folder of the repository, with <c>/</c>.</param>
    PolicyFile Find(string path);
}

/// <summary>Files that were read before, such as those of a commit; what was asked for in vain is remembered.</summary>
public sealed class KnownPolicies(string prefix, IReadOnlyDictionary<string, PolicyFile> known) : IPolicyFiles
{
    private readonly List<string> missed = [];

    /// <inheritdoc/>
    public string Prefix => prefix;

    /// <summary>What was asked for and is not known.</summary>
    public IReadOnlyList<string> Missed => missed;

    /// <inheritdoc/>
    public PolicyFile Find(string path)
    {
        if (known.TryGetValue(path, out var file))
        {
            return file;
        }

        missed.Add(path);
        return new(path, null, "There is no such file.");
    }
}
