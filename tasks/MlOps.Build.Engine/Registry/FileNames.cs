using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>Names that lead out of their folder, or that mean different files on different systems.</summary>
internal static class FileNames
{
    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>What is wrong with a relative path with <c>/</c>, or null.</summary>
    public static ScanFinding? Look(string path, string? container = null)
    {
        var file = container ?? path;
        return path.Split('/').Select(WhatIsWrong).FirstOrDefault(wrong => wrong is not null) is { } reason
            ? new ScanFinding(file, "path", $"The name '{Shown(path)}' in '{Shown(file)}' {reason}.")
            : null;
    }

    /// <summary>Names that are one file where case does not count.</summary>
    public static IEnumerable<ScanFinding> Collisions(IEnumerable<string> paths)
        => paths.GroupBy(path => path, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => new ScanFinding(
                group.First(), "path", $"{string.Join(" and ", group.Select(name => $"'{Shown(name)}'"))} are one file on Windows."));

    private static string? WhatIsWrong(string part) => part switch
    {
        "" => "is absolute or has an empty part",
        "." or ".." => "leads out of its folder",
        _ when part.Any(character => character is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(character))
            => "has characters that mean something else on another system",
        _ when part[^1] is '.' or ' ' => "ends in a dot or a space, which Windows drops",
        _ when Devices.Contains(part.Split('.')[0], StringComparer.OrdinalIgnoreCase) => "is a device on Windows",
        _ => null,
    };

    private static string Shown(string name)
        => string.Concat(name.Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
