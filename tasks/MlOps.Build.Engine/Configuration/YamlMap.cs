using System.Globalization;
using MlOps.Build.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Engine.Configuration;

/// <summary>
/// A mapping of mlops.yml, read key by key. What was asked for is remembered: keys that nobody asked for are unknown,
/// and <c>mlops config show</c> can say where each value came from.
/// </summary>
internal sealed class YamlMap(ConfigurationLog log, YamlMappingNode? node, string path, Mark start)
{
    private readonly List<string> asked = [];

    public string Path => path;

    public ConfigurationLog Log => log;

    public SourcePlace Place => log.At(start);

    public IEnumerable<string> Keys => node?.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value!) ?? [];

    public bool Has(string key) => node is not null && node.Children.ContainsKey(new YamlScalarNode(key));

    /// <summary>The node of a key, or null.</summary>
    public YamlNode? Node(string key)
    {
        if (!asked.Contains(key, StringComparer.Ordinal))
        {
            asked.Add(key);
        }

        return node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var value) && !IsNull(value)
            ? value
            : null;
    }

    /// <summary>A mapping below this one; empty where it is missing.</summary>
    public YamlMap Map(string key)
    {
        var child = Node(key);
        if (child is null or YamlMappingNode)
        {
            return new YamlMap(log, child as YamlMappingNode, Join(key), child?.Start ?? start);
        }

        log.Refuse(child.Start, Join(key), "a mapping (key: value lines) is expected", Describe(child));
        return new YamlMap(log, null, Join(key), child.Start);
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string key, string? fallback = null)
        => Scalar(key, fallback, text => text, fallback ?? "(none)", "a text");

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key, string example)
    {
        if (Text(key) is { Length: > 0 } text)
        {
            return text;
        }

        if (Node(key) is null)
        {
            log.Missing(start, Join(key), example);
        }

        return string.Empty;
    }

    /// <summary>A value in one scalar; <paramref name="parse"/> answers null for what does not fit.</summary>
    public T Scalar<T>(string key, T fallback, Func<string, object?> parse, string fallbackText, string expected)
    {
        var child = Node(key);
        if (child is null)
        {
            log.Default(Join(key), fallbackText);
            return fallback;
        }

        if (child is YamlScalarNode { Value: { } text })
        {
            if (parse(text) is T value)
            {
                log.Value(Join(key), text, child.Start);
                return value;
            }

            log.Refuse(child.Start, Join(key), $"{expected} is expected", $"'{text}'");
            return fallback;
        }

        log.Refuse(child.Start, Join(key), $"{expected} is expected", Describe(child));
        return fallback;
    }

    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var child = Node(key);
        switch (child)
        {
            case null:
                log.Default(Join(key), "[]");
                return [];
            case YamlScalarNode { Value: { } text }:
                log.Value(Join(key), text, child.Start);
                return [text];
            case YamlSequenceNode sequence when sequence.Children.All(item => item is YamlScalarNode):
                var texts = sequence.Children.Select(item => ((YamlScalarNode)item).Value!).ToArray();
                log.Value(Join(key), $"[{string.Join(", ", texts)}]", child.Start);
                return texts;
            default:
                log.Refuse(child.Start, Join(key), "a list of texts is expected", Describe(child));
                return [];
        }
    }

    /// <summary>A list of texts with the place of each; a single text is a list of one.</summary>
    public IReadOnlyList<(string Text, SourcePlace Place)> Items(string key)
        => Texts(key).Count == 0 ? []
            : Node(key) is YamlSequenceNode sequence ? [.. sequence.Children.Select(item => (((YamlScalarNode)item).Value!, log.At(item.Start)))]
            : [(((YamlScalarNode)Node(key)!).Value!, log.At(Node(key)!.Start))];

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<YamlMap> Maps(string key)
    {
        var child = Node(key);
        if (child is null)
        {
            return [];
        }

        if (child is YamlSequenceNode sequence && sequence.Children.All(item => item is YamlMappingNode))
        {
            return
            [
                .. sequence.Children.Select((item, index) => new YamlMap(
                    log,
                    (YamlMappingNode)item,
                    string.Create(CultureInfo.InvariantCulture, $"{Join(key)}[{index}]"),
                    item.Start)),
            ];
        }

        log.Refuse(child.Start, Join(key), "a list of mappings (lines that start with '- key:') is expected", Describe(child));
        return [];
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var key in node?.Children.Keys ?? [])
        {
            if (key is not YamlScalarNode { Value: { } name } || !asked.Contains(name, StringComparer.Ordinal))
            {
                log.Unknown(key.Start, Join(key.ToString()), key.ToString(), asked);
            }
        }
    }

    private static bool IsNull(YamlNode node)
        => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        _ => $"'{node}'",
    };

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
