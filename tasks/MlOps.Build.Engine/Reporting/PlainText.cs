using System.Globalization;
using System.Text;

namespace MlOps.Build.Engine.Reporting;

/// <summary>Text from data and trainers as one line that shows what it holds, and no more of it than fits.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text in one line without control characters, direction marks and lone surrogates, cut after
    /// <paramref name="most"/> characters.
    /// </summary>
    public static string Line(string text, int most = int.MaxValue)
    {
        var line = new StringBuilder(Math.Min(text.Length, most));
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++count > most)
            {
                // The mark takes the place of the last character, so that the length holds.
                while (line.Length > 0 && char.IsLowSurrogate(line[^1]))
                {
                    line.Length--;
                }

                line.Length = Math.Max(0, line.Length - 1);
                return line.Append('…').ToString();
            }

            line.Append(IsBreak(rune) ? new Rune(' ') : IsInvisible(rune) ? Rune.ReplacementChar : rune);
        }

        return line.ToString();
    }

    public static bool IsBreak(Rune rune)
        => rune.Value is '\r' or '\n' or '\t' or '\v' or '\f' or 0x85
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>
    /// Control characters and direction marks can make a line read other than it is, and U+FFFE and its like are no
    /// characters at all. Emoji need the joiner.
    /// </summary>
    public static bool IsInvisible(Rune rune)
        => (rune.Value & 0xFFFE) == 0xFFFE
            || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value is not 0x200D);
}
