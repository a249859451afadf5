using System.Text.RegularExpressions;

namespace MlOps.Build.Tool.Tests;

/// <summary>A command line that a page, a template or a message tells people to type.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Words">The words after <c>mlops</c>, placeholders filled in.</param>
/// <param name="IsMention">Whether it only names a verb, such as <c>`mlops register`</c> in a sentence.</param>
internal sealed record DocsCommandLine(string Place, string Words, bool IsMention);

/// <summary>Finds command lines in texts.</summary>
internal static partial class DocsCommandLines
{
    public static IEnumerable<DocsCommandLine> OfPage(string name, string text) => Of(name, text, name.EndsWith(".yml", StringComparison.Ordinal));

    /// <summary>Messages in code name commands in back quotes only.</summary>
    public static IEnumerable<DocsCommandLine> OfCode(string name, string text)
        => text.Split('\n').SelectMany((line, index) => Quoted($"{name}:{index + 1}", line));

    private static IEnumerable<DocsCommandLine> Of(string name, string text, bool isYaml)
    {
        var fenced = false;
        foreach (var (line, index) in text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line, index)))
        {
            var place = $"{name}:{index + 1}";
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
                continue;
            }

            if ((fenced || isYaml) && Typed().Match(line) is { Success: true } typed)
            {
                yield return new(place, Fill(typed.Groups["words"].Value), IsMention: false);
            }

            foreach (var quoted in Quoted(place, line))
            {
                yield return quoted;
            }
        }
    }

    private static IEnumerable<DocsCommandLine> Quoted(string place, string line)
        => InBackQuotes().Matches(line).Select(match =>
        {
            var words = match.Groups["words"].Value;
            return new DocsCommandLine(place, Fill(words), IsMention: OnlyVerbs().IsMatch(words));
        });

    /// <summary>Comments go, <c>&lt;id&gt;</c> and <c>{id}</c> become a word, of <c>pr|full</c> and <c>approve / reject</c> one is taken.</summary>
    private static string Fill(string words)
    {
        var plain = Placeholder().Replace(Comment().Replace(words, string.Empty), "x");
        return Redirection().Replace(Alternative().Replace(plain, "$1"), string.Empty).Trim();
    }

    [GeneratedRegex(@"^\s*(?:-?\s*run:\s*)?(?:\$\s+)?(?:dotnet\s+)?mlops\s+(?<words>[a-z].*)$")]
    private static partial Regex Typed();

    [GeneratedRegex(@"`(?:dotnet )?mlops (?<words>-{0,2}[a-z][^`]*)`")]
    private static partial Regex InBackQuotes();

    [GeneratedRegex("^[a-z]+( [a-z]+)*$")]
    private static partial Regex OnlyVerbs();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"<[^<>]+>|\{[^{}]+(\([^()]*\))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"([a-z]+)(\|[a-z]+)+")]
    private static partial Regex Alternative();

    [GeneratedRegex(@"\s(>|\|).*$")]
    private static partial Regex Redirection();
}
