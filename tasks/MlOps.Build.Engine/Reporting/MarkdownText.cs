using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Makes text harmless in Markdown: it shows as it is, mentions nobody and links nowhere.</summary>
public static partial class MarkdownText
{
    /// <summary>Nothing to see, but it keeps hosts from turning what stands around it into a mention or a link.</summary>
    private const char Joiner = '\u2060';

    /// <summary>The text with everything that Markdown or a host could read as more than text made literal.</summary>
    public static string Escape(string text)
    {
        var line = PlainText.Line(text).TrimStart(' ');
        var escaped = new StringBuilder(line.Length + 8);
        for (var place = 0; place < line.Length; place++)
        {
            Append(escaped, line[place], place > 0 ? line[place - 1] : ' ', place + 1 < line.Length ? line[place + 1] : ' ');
        }

        return AtLineStart(escaped.ToString());
    }

    /// <summary>The text as a code span: a fence that is longer than every run of backticks in it.</summary>
    public static string Code(string text)
    {
        var line = PlainText.Line(text).Trim(' ');
        if (line.Length == 0)
        {
            return "` `";
        }

        var longest = 0;
        var run = 0;
        foreach (var character in line)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return longest == 0 ? fence + line + fence : $"{fence} {line} {fence}";
    }

    private static void Append(StringBuilder escaped, char character, char before, char after)
    {
        switch (character)
        {
            case '@':
                escaped.Append('@').Append(Joiner);
                break;
            case '#':
                escaped.Append("\\#").Append(Joiner);
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
                escaped.Append('\\').Append(character);
                break;

            // https://, :emoji: and pull requests of Azure DevOps (!12); a time such as 16:40 stays as it is.
            case ':' when after != ' ' && !char.IsAsciiDigit(before):
            case '!' when char.IsAsciiDigit(after):
                escaped.Append(character).Append(Joiner);
                break;

            // www.example.com and GH-12 become links by themselves.
            case '.' when before is 'w' or 'W':
            case '-' when before is 'h' or 'H' && char.IsAsciiDigit(after):
                escaped.Append(Joiner).Append(character);
                break;
            default:
                escaped.Append(character);
                break;
        }
    }

    /// <summary>Only at the start of a line do these begin a list or a rule; a sign before a number is left as it is.</summary>
    private static string AtLineStart(string text)
        => text.Length > 0 && text[0] is '-' or '+' or '=' && !(text.Length > 1 && char.IsAsciiDigit(text[1]))
            ? "\\" + text
            : OrderedList().Replace(text, "${number}\\${mark}");

    [GeneratedRegex(@"^(?<number>\d{1,9})(?<mark>[.)])(?=\s|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OrderedList();
}
