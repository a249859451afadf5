using System.Globalization;
using System.Text;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Makes text harmless in Markdown: it shows as it is, mentions nobody and links nowhere.</summary>
public static class MarkdownText
{
    /// <summary>The text with everything that Markdown or a host could read as more than text made literal.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(escaped, rune);
        }

        // Only at the start of a line do these begin a list or a rule; a sign before a number is left as it is.
        return escaped.Length > 1 && escaped[0] is '-' or '+' or '=' && !char.IsAsciiDigit(escaped[1])
            ? "\\" + escaped
            : escaped.ToString();
    }

    private static void Append(StringBuilder escaped, Rune rune)
    {
        switch (rune.Value)
        {
            case '\r' or '\n' or '\t':
                escaped.Append(' ');
                break;

            // A word joiner after the sign keeps hosts from turning it into a mention or a link to an issue.
            case '@':
                escaped.Append("@\u2060");
                break;
            case '#':
                escaped.Append("\\#\u2060");
                break;
            case '<':
                escaped.Append("&lt;");
                break;
            case '>':
                escaped.Append("&gt;");
                break;
            case '&':
                escaped.Append("&amp;");
                break;
            case '`' or '*' or '_' or '[' or ']' or '|' or '\\' or '~' or '$':
                escaped.Append('\\').Append(rune);
                break;
            default:
                escaped.Append(IsInvisible(rune) ? Rune.ReplacementChar : rune);
                break;
        }
    }

    /// <summary>Control characters and direction marks can make a line read other than it is.</summary>
    private static bool IsInvisible(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            && rune.Value is not 0x200D;
}
