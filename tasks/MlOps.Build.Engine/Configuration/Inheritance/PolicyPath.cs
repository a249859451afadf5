namespace MlOps.Build.Engine.Configuration;

/// <summary>Paths of policy files: relative to the file that names them, and inside the repository.</summary>
internal static class PolicyPath
{
    /// <summary>The file that stands for a folder.</summary>
    public const string InFolder = "policy.yml";

    public const long MaximumBytes = 1024 * 1024;

    /// <summary>The path from the top folder of the repository, or null where it leads out of it.</summary>
    /// <param name="folder">The folder of the naming file, from the top folder.</param>
    /// <param name="named">What it says.</param>
    public static string? Resolve(string folder, string named)
    {
        if (named.Length == 0 || named[0] == '/' || named.Contains('\\', StringComparison.Ordinal) || named.Contains(':', StringComparison.Ordinal) || named.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var part in named.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return null;
            }
        }

        // What git keeps for itself is no part of what was reviewed.
        return parts.Count == 0 || parts.Exists(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase)) ? null : string.Join('/', parts);
    }

    public static string Folder(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : string.Empty;

    /// <summary>How the project's mlops.yml would name it.</summary>
    public static string From(string prefix, string path)
    {
        var project = prefix.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var parts = path.Split('/');
        var common = 0;
        while (common < project.Length && common < parts.Length - 1 && project[common] == parts[common])
        {
            common++;
        }

        return string.Join('/', Enumerable.Repeat("..", project.Length - common).Concat(parts[common..]));
    }
}
