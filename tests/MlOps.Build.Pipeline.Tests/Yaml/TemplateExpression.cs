using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>An expression of a template of Azure Pipelines, <c>${{ … }}</c>: what our templates use of it, and an error for the rest.</summary>
internal sealed partial class TemplateExpression
{
    private readonly Queue<string> tokens;
    private readonly IReadOnlyDictionary<string, YamlNode> names;

    private TemplateExpression(string text, IReadOnlyDictionary<string, YamlNode> names)
        => (tokens, this.names) = (new(Token().Matches(text).Select(match => match.Value)), names);

    /// <summary>Its value.</summary>
    /// <param name="text">What stands between the braces.</param>
    /// <param name="names">The values of <c>parameters</c>, <c>variables</c> and of loops.</param>
    public static YamlNode Value(string text, IReadOnlyDictionary<string, YamlNode> names)
    {
        var expression = new TemplateExpression(text, names);
        var value = expression.Next();
        return expression.tokens.Count == 0 ? value : throw new NotSupportedException($"More than one expression: {text}");
    }

    public static bool IsTrue(YamlNode value) => value is not YamlScalarNode scalar || !(Same(scalar.Value!, "false") || scalar.Value is "" or "0");

    private YamlNode Next()
    {
        var token = tokens.Dequeue();
        if (token[0] == '\'')
        {
            return new YamlScalarNode(token[1..^1].Replace("''", "'", StringComparison.Ordinal));
        }

        return tokens.TryPeek(out var open) && open == "(" ? Call(token) : char.IsAsciiDigit(token[0]) || token is "true" or "false" ? new YamlScalarNode(token) : Reference(token);
    }

    private YamlScalarNode Call(string function)
    {
        var given = new List<YamlNode>();
        for (var separator = tokens.Dequeue(); separator != ")"; separator = tokens.Dequeue())
        {
            var value = Next();
            if (function == "and" && !IsTrue(value))
            {
                // What follows is not looked at, and may not even have a value.
                Skip();
                return new("false");
            }

            given.Add(value);
        }

        string At(int index) => ((YamlScalarNode)given[index]).Value!;
        var answer = function switch
        {
            "eq" => Same(At(0), At(1)),
            "ne" => !Same(At(0), At(1)),
            "in" => given.Skip(1).Any(one => Same(At(0), ((YamlScalarNode)one).Value!)),
            "contains" => At(0).Contains(At(1), StringComparison.OrdinalIgnoreCase),
            "startsWith" => At(0).StartsWith(At(1), StringComparison.OrdinalIgnoreCase),
            "not" => !IsTrue(given[0]),
            "and" => given.TrueForAll(IsTrue),
            "or" => given.Exists(IsTrue),
            _ => throw new NotSupportedException($"The function {function} is not known here."),
        };
        return new(answer ? "true" : "false");
    }

    private void Skip()
    {
        for (var depth = 1; depth > 0;)
        {
            depth += tokens.Dequeue() switch { "(" => 1, ")" => -1, _ => 0 };
        }
    }

    private YamlNode Reference(string path)
    {
        var parts = Part().Matches(path).Select(match => match.Groups["name"].Value).ToArray();
        var value = names.TryGetValue(parts[0], out var root) ? root : throw new NotSupportedException($"Nothing is called {parts[0]}.");
        foreach (var part in parts.Skip(1))
        {
            // What is not there is an empty text, as in Azure Pipelines.
            value = value.At(part) ?? new YamlScalarNode(string.Empty);
        }

        return value;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"'(?:[^']|'')*'|[(),]|[A-Za-z_][\w.]*(?:\['[^']*'\])*|[0-9]+")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?:^|\.)(?<name>\w+)|\['(?<name>[^']*)'\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
