using System.Globalization;
using System.Text;

namespace MlOps.Build.Engine.Processes;

/// <summary>
/// Makes a line of somebody else's output harmless before it reaches a build log, a terminal or a report. Azure
/// Pipelines obeys <c>##vso[</c> and <c>##[</c> anywhere in a line, GitHub obeys <c>::command::</c>, a terminal obeys
/// escape sequences. The words stay readable: a zero-width space is put into the middle of each mark.
/// </summary>
public static class OutputNeutraliser
{
    private const char Break = '\u200B';

    /// <summary>The line with every mark broken; control characters are dropped, a tab becomes a space.</summary>
    public static string Neutralise(string line)
    {
        var text = new StringBuilder(line.Length + 8);
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            if (character == '\u001b')
            {
                index = EndOfEscape(line, index);
            }
            else if (character == '\t')
            {
                text.Append(' ');
            }
            else if (IsVisible(character))
            {
                // Compared with what was written before, so that a dropped character cannot glue a mark together.
                if (character is ':' or '#' && text.Length > 0 && text[^1] == character)
                {
                    text.Append(Break);
                }

                text.Append(character);
            }
        }

        return text.ToString();
    }

    /// <summary>The lines as one text, each neutralised and indented, for the "why" of a problem.</summary>
    public static string Quote(IEnumerable<string> lines, int limit)
        => string.Join('\n', lines.Select(Neutralise).Where(line => line.Length > 0).TakeLast(limit).Select(line => "| " + line));

    /// <summary>Control, format and line-separating characters are not visible, surrogates of a pair are.</summary>
    private static bool IsVisible(char character)
        => char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>The index of the last character of an escape sequence (ECMA-48: CSI, OSC and two-character ones).</summary>
    private static int EndOfEscape(string line, int start)
    {
        var index = start + 1;
        if (index >= line.Length)
        {
            return start;
        }

        switch (line[index])
        {
            case '[':
                index++;
                while (index < line.Length && line[index] is >= '\u0020' and <= '\u003f')
                {
                    index++;
                }

                return Math.Min(index, line.Length - 1);
            case ']' or 'P' or 'X' or '^' or '_':
                while (index < line.Length && line[index] != '\u0007' && !(line[index] == '\\' && line[index - 1] == '\u001b'))
                {
                    index++;
                }

                return Math.Min(index, line.Length - 1);
            default:
                return index;
        }
    }
}
