using System.Text;

namespace Cake.MlOps;

/// <summary>One argument within quotes, so that .NET reads the same text again on every system.</summary>
internal static class QuotedArgument
{
    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        var slashes = 0;
        foreach (var letter in text)
        {
            if (letter == '"')
            {
                // Those before a quote count double, and the quote itself takes one more.
                quoted.Append('\\', slashes + 1);
            }

            slashes = letter == '\\' ? slashes + 1 : 0;
            quoted.Append(letter);
        }

        return quoted.Append('\\', slashes).Append('"').ToString();
    }
}
