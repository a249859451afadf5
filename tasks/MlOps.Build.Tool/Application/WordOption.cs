using System.CommandLine;
using System.CommandLine.Parsing;

namespace MlOps.Build.Tool.Application;

/// <summary>
/// An option that takes one of a few words: the members of an enumeration in lower case, the first of them by default.
/// The library would print a default by its name in C#, so the default stands in the description.
/// </summary>
internal static class WordOption
{
    public static Option<T> Create<T>(string name, string description, string kind, params string[] aliases)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant(), StringComparer.Ordinal);
        var option = new Option<T>(name, aliases)
        {
            Description = $"{description} [default: {words.Single(word => word.Value.Equals(default(T))).Key}]",
            HelpName = string.Join('|', words.Keys),
            CustomParser = result => result.Tokens is [var token] && words.TryGetValue(token.Value, out var value)
                ? value
                : Refuse<T>(result, kind, [.. words.Keys]),
        };
        // The library would complete it by the names in C#, which are refused.
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. words.Keys]);
        return option;
    }

    private static T Refuse<T>(ArgumentResult result, string kind, string[] words)
        where T : struct, Enum
    {
        var given = string.Join(' ', result.Tokens.Select(token => token.Value));
        result.AddError($"'{given}' is not {kind}: {string.Join(", ", words[..^1])} or {words[^1]}.");
        return default;
    }
}
