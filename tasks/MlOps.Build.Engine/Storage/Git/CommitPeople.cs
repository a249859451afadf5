using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>Reads names, addresses and logins of those who wrote commits out of what <c>git log</c> prints.</summary>
internal static partial class CommitPeople
{
    /// <summary>Author, committer and who wrote it with them, a field each.</summary>
    public const string Format = "--format=%an%x00%ae%x00%cn%x00%ce%x00%(trailers:key=Co-authored-by,valueonly,separator=%x00)";

    /// <summary>A host that merges in its own name is nobody.</summary>
    private static readonly string[] Hosts = ["GitHub", "noreply@github.com"];

    /// <summary>The names, those of hosts left out.</summary>
    public static string[] Of(string log)
        => [.. log.Split('\0', '\n').Select(word => word.Trim())
            .SelectMany(word => Person().Match(word) is { Success: true } person ? [person.Groups["name"].Value, person.Groups["mail"].Value] : new[] { word })
            .SelectMany(word => Anonymous().Match(word) is { Success: true } mail ? [word, mail.Groups["login"].Value] : new[] { word })
            .Where(word => word.Length > 0 && !Hosts.Contains(word, StringComparer.Ordinal))
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex("^(?<name>[^<]*[^< ]) *<(?<mail>[^>]+)>$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Person();

    /// <summary>What GitHub puts in place of an address that is kept private; the login is in it.</summary>
    [GeneratedRegex(@"^([0-9]+\+)?(?<login>[^@+]+)@users\.noreply\.github\.com$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Anonymous();
}
