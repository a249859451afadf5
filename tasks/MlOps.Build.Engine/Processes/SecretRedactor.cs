using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Processes;

/// <summary>
/// Takes out what looks like a secret of a known shape, before a text reaches a log, a report or a comment. It is the last
/// net: a host masks the secrets it knows, and a program should print none.
/// </summary>
public static partial class SecretRedactor
{
    public const string Hidden = "***";

    /// <summary>The text without tokens, keys and passwords of known shapes.</summary>
    public static string Redact(string text)
        => text.Length < 12 ? text
            : Assigned().Replace(Signed().Replace(Token().Replace(text, Hidden), "${head}" + Hidden), "${head}" + Hidden);

    /// <summary>JSON Web Tokens; tokens of GitHub, Azure DevOps, npm, NuGet, Slack and AWS by their beginnings; keys in PEM form.</summary>
    [GeneratedRegex(
        """
        \beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*
        |\bgh[pousr]_[A-Za-z0-9_]{16,}
        |\bgithub_pat_[A-Za-z0-9_]{20,}
        |\bnpm_[A-Za-z0-9]{30,}
        |\boy2[a-z0-9]{43}\b
        |\bxox[abprs]-[A-Za-z0-9-]{10,}
        |\bAKIA[0-9A-Z]{16}\b
        |\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b
        |-----BEGIN\ [A-Z\ ]*PRIVATE\ KEY-----[\s\S]*?(?:-----END\ [A-Z\ ]*PRIVATE\ KEY-----|\z)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    /// <summary>The signature of a shared access link, and what follows <c>Bearer</c> and <c>Basic</c>.</summary>
    [GeneratedRegex(
        """(?<head>(?:[?&;]|\b)sig=|\b(?:Bearer|Basic)\s+)[A-Za-z0-9%+/=._~-]{8,}""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signed();

    /// <summary>The secret parts of connection strings and of addresses with a password.</summary>
    [GeneratedRegex(
        """(?<head>\b(?:AccountKey|SharedAccessKey|SharedSecret|ClientSecret|Password|Pwd)\s*=\s*|://[^\s/:@]+:(?=[^\s/@]+@))(?:"[^"]*"|'[^']*'|[^\s;"'@]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assigned();
}
