using System.Text.RegularExpressions;

namespace MlOps.Build.Templates.Tests.Workflows;

/// <summary>As much of GitHub's expressions as our workflows use. A name that nobody gave is an error here, where GitHub takes it for nothing.</summary>
internal sealed partial class Expressions(Func<string, string> value)
{
    /// <summary>The text with every <c>${{ }}</c> in it filled in.</summary>
    public string Fill(string text) => Inner().Replace(text, match => Of(match.Groups["inner"].Value));

    /// <summary>Whether an <c>if</c> holds. One without a status function also asks that nothing has failed.</summary>
    public bool Holds(string condition, bool failed)
    {
        var expression = Inner().Match(condition) is { Success: true } match ? match.Groups["inner"].Value : condition;
        return (!failed || Status().IsMatch(expression)) && IsTrue(Of(expression));
    }

    private string Of(string expression)
    {
        expression = expression.Trim();
        if (Split(expression, "||") is [var either, var or])
        {
            return IsTrue(Of(either)) ? Of(either) : Of(or);
        }

        if (Split(expression, "&&") is [var both, var and])
        {
            return IsTrue(Of(both)) ? Of(and) : Of(both);
        }

        if (Split(expression, "!=") is [var one, var other])
        {
            return Word(!string.Equals(Of(one), Of(other), StringComparison.OrdinalIgnoreCase));
        }

        if (Split(expression, "==") is [var left, var right])
        {
            return Word(string.Equals(Of(left), Of(right), StringComparison.OrdinalIgnoreCase));
        }

        return expression switch
        {
            ['!', .. var rest] => Word(!IsTrue(Of(rest))),
            ['\'', .. var text, '\''] => text,
            "always()" or "true" => "true",
            "cancelled()" or "false" => "false",
            _ when Contains().Match(expression) is { Success: true } call =>
                Word(Of(call.Groups["list"].Value).Split('\n').Contains(Of(call.Groups["item"].Value), StringComparer.OrdinalIgnoreCase)),
            _ => value(expression),
        };
    }

    /// <summary>In two at the first operator that does not stand in a text.</summary>
    private static string[] Split(string expression, string word)
    {
        var isText = false;
        for (var at = 0; at < expression.Length; at++)
        {
            isText ^= expression[at] == '\'';
            if (!isText && string.CompareOrdinal(expression, at, word, 0, word.Length) == 0)
            {
                return [expression[..at], expression[(at + word.Length)..]];
            }
        }

        return [expression];
    }

    private static string Word(bool truth) => truth ? "true" : "false";

    private static bool IsTrue(string text) => text is not ("" or "false" or "0");

    [GeneratedRegex(@"\$\{\{\s*(?<inner>.*?)\s*\}\}", RegexOptions.None, 1000)]
    private static partial Regex Inner();

    [GeneratedRegex(@"\b(always|cancelled|failure|success)\(\)", RegexOptions.None, 1000)]
    private static partial Regex Status();

    [GeneratedRegex(@"^contains\((?<list>[^,]+),(?<item>[^)]+)\)$", RegexOptions.None, 1000)]
    private static partial Regex Contains();
}
