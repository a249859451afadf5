using System.Collections.Generic;

namespace MlOps.Build.Analyzers.Security;

/// <summary>A path as text: whether it binds the program to a machine, and its part that does not.</summary>
internal static class FixedPath
{
    private const int PartsOfOurOwn = 2;

    /// <summary>Null for a path that is fine.</summary>
    public static string? Fault(string path) =>
        path.Length == 0 ? null
        : path[0] is '/' or '\\' || IsDrive(path) ? "is a place on one machine"
        : System.Array.IndexOf(path.Split('/', '\\'), "..") >= 0 ? "climbs out of the folder that the program happens to start in"
        : null;

    /// <summary>The file and the folder it lies in: what stands above belongs to the machine.</summary>
    public static IReadOnlyList<string> Own(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Substring(IsDrive(path) ? 2 : 0).Split('/', '\\'))
        {
            if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return parts.Count <= PartsOfOurOwn ? parts : parts.GetRange(parts.Count - PartsOfOurOwn, PartsOfOurOwn);
    }

    private static bool IsDrive(string path) => path.Length > 1 && path[1] == ':' && char.IsLetter(path[0]);
}
