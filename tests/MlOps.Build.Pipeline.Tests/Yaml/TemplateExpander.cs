using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>What Azure Pipelines makes of a template before anything runs: parameters, <c>if</c>, <c>else</c>, <c>each</c> and templates below it.</summary>
public sealed partial class TemplateExpander
{
    private static readonly string[] Lists = ["stages", "jobs", "steps"];

    private readonly string folder;
    private readonly YamlNode variables;

    private TemplateExpander(string folder, YamlNode variables) => (this.folder, this.variables) = (folder, variables);

    /// <summary>The stages, jobs or steps of a template.</summary>
    /// <param name="file">The template.</param>
    /// <param name="parameters">A mapping of YAML; what is left out takes its default.</param>
    /// <param name="variables">The variables that the server knows when it expands, a mapping of YAML.</param>
    public static IReadOnlyList<YamlMappingNode> Expand(string file, string parameters = "{}", string variables = "{}")
        => [.. new TemplateExpander(Path.GetDirectoryName(file)!, Load(variables)).Items(Path.GetFileName(file), (YamlMappingNode)Load(parameters)).Cast<YamlMappingNode>()];

    private IEnumerable<YamlNode> Items(string file, YamlMappingNode given)
    {
        var template = (YamlMappingNode)Load(File.ReadAllText(Path.Combine(folder, file)));
        var names = new Dictionary<string, YamlNode>(StringComparer.Ordinal) { ["variables"] = variables, ["parameters"] = Parameters(file, template, given) };
        return Sequence(Lists.Select(list => template.At(list)).OfType<YamlSequenceNode>().Single(), names);
    }

    private static YamlMappingNode Parameters(string file, YamlMappingNode template, YamlMappingNode given)
    {
        var declared = template.At("parameters") is YamlSequenceNode list ? list.Cast<YamlMappingNode>().ToArray() : [];
        if (given.Children.Keys.FirstOrDefault(name => !declared.Any(one => one["name"].ToString() == name.ToString())) is { } unknown)
        {
            throw new InvalidOperationException($"{file} has no parameter {unknown}.");
        }

        return new(declared.Select(one => KeyValuePair.Create(
            one["name"],
            given.At(one["name"].ToString()) ?? one.At("default") ?? throw new InvalidOperationException($"{file} needs {one["name"]}."))));
    }

    private IEnumerable<YamlNode> Sequence(YamlSequenceNode sequence, IReadOnlyDictionary<string, YamlNode> names)
    {
        var taken = false;
        foreach (var item in sequence)
        {
            if (item is YamlMappingNode { Children.Count: 1 } only && Directive().Match(only.Children.Single().Key.ToString()) is { Success: true } directive)
            {
                var body = only.Children.Single().Value;
                foreach (var scope in Scopes(directive, names, ref taken))
                {
                    foreach (var one in body is YamlSequenceNode items ? Sequence(items, scope) : [Node(body, scope)])
                    {
                        yield return one;
                    }
                }
            }
            else if (item.At("template") is YamlScalarNode template)
            {
                foreach (var one in Items(template.Value!, (YamlMappingNode)Node(item.At("parameters") ?? new YamlMappingNode(), names)))
                {
                    yield return one;
                }
            }
            else
            {
                yield return Node(item, names);
            }
        }
    }

    private YamlNode Node(YamlNode node, IReadOnlyDictionary<string, YamlNode> names) => node switch
    {
        YamlScalarNode scalar => Scalar(scalar, names),
        YamlSequenceNode sequence => new YamlSequenceNode(Sequence(sequence, names)),
        YamlMappingNode mapping => new YamlMappingNode(Pairs(mapping, names)),
        _ => throw new NotSupportedException(),
    };

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Pairs(YamlMappingNode mapping, IReadOnlyDictionary<string, YamlNode> names)
    {
        var taken = false;
        foreach (var (key, value) in mapping.Children)
        {
            if (Directive().Match(key.ToString()) is not { Success: true } directive)
            {
                yield return KeyValuePair.Create(Node(key, names), Node(value, names));
                continue;
            }

            foreach (var scope in Scopes(directive, names, ref taken))
            {
                foreach (var pair in Pairs((YamlMappingNode)value, scope))
                {
                    yield return pair;
                }
            }
        }
    }

    /// <summary>How often the body of a directive is taken, and with which names.</summary>
    private static IReadOnlyList<IReadOnlyDictionary<string, YamlNode>> Scopes(Match directive, IReadOnlyDictionary<string, YamlNode> names, ref bool taken)
    {
        if (directive.Groups["each"].Success)
        {
            var list = TemplateExpression.Value(directive.Groups["list"].Value, names);
            var items = list is YamlMappingNode mapping
                ? mapping.Select(pair => (YamlNode)new YamlMappingNode(new YamlScalarNode("key"), pair.Key, new YamlScalarNode("value"), pair.Value))
                : (YamlSequenceNode)list;
            return [.. items.Select(item => new Dictionary<string, YamlNode>(names, StringComparer.Ordinal) { [directive.Groups["each"].Value] = item })];
        }

        taken = directive.Groups["else"].Success ? !taken : TemplateExpression.IsTrue(TemplateExpression.Value(directive.Groups["if"].Value, names));
        return taken ? [names] : [];
    }

    private static YamlNode Scalar(YamlScalarNode scalar, IReadOnlyDictionary<string, YamlNode> names)
        => Expression().Match(scalar.Value!) is { Success: true } whole && whole.Length == scalar.Value!.Length
            ? TemplateExpression.Value(whole.Groups["text"].Value, names)
            : new YamlScalarNode(Expression().Replace(scalar.Value!, match => TemplateExpression.Value(match.Groups["text"].Value, names).ToString()));

    private static YamlNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"^\$\{\{ (if (?<if>.+)|(?<else>else)|each (?<each>\w+) in (?<list>.+)) \}\}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\$\{\{ (?<text>.+?) \}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();
}
