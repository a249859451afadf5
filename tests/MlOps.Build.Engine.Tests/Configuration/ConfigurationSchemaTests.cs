using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Engine.Tests.Configuration;

/// <summary>The schema is written by hand; these tests hold it to what <see cref="ConfigurationReader"/> reads.</summary>
public sealed class ConfigurationSchemaTests
{
    /// <summary>Far from every known key, so that the reader lists all of them.</summary>
    private const string Strange = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

    private static readonly JsonNode Schema = JsonNode.Parse(ConfigurationSchema.Text())!;

    /// <summary>Every mapping with fixed keys: a file with a strange key in it, and the mapping's place in the schema.</summary>
    private static readonly (string Yaml, string Place)[] All =
    [
        ("{S}: 1", string.Empty),
        ("data: { {S}: 1 }", "properties/data"),
        ("data: { bands: { a: { {S}: 1 } } }", "definitions/bands"),
        ("data: { expect: { a: { {S}: 1 } } }", "definitions/expectation"),
        ("split: { {S}: 1 }", "properties/split"),
        ("sample: { {S}: 1 }", "properties/sample"),
        ("registry: { {S}: 1 }", "properties/registry"),
        ("train: { {S}: 1 }", "properties/train"),
        ("train: { budget: { {S}: 1 } }", "properties/train/properties/budget"),
        ("train: { stop: { {S}: 1 } }", "properties/train/properties/stop"),
        ("score: { {S}: 1 }", "properties/score"),
        ("gate: { {S}: 1 }", "properties/gate"),
        ("gate: { rules: [{ {S}: 1 }] }", "definitions/rule"),
        ("gate: { waivers: [{ {S}: 1 }] }", "properties/gate/properties/waivers/items"),
        ("environments: { a: { {S}: 1 } }", "definitions/environment"),
        ("environments: { a: { gate: { {S}: 1 } } }", "definitions/environment/properties/gate"),
        ("environments: { a: { approvers: [{ {S}: 1 }] } }", "definitions/environment/properties/approvers/items"),
        ("environments: { a: { attesters: [{ {S}: 1 }] } }", "definitions/environment/properties/attesters/items"),
    ];

    public static TheoryData<string, string> Mappings => new(All);

    [Theory]
    [MemberData(nameof(Mappings))]
    public void The_schema_has_the_keys_the_reader_asks_for_and_no_others(string yaml, string place)
    {
        var fix = ConfigurationReader.Parse(yaml.Replace("{S}", Strange, StringComparison.Ordinal), "mlops.yml")
            .Problems.Single(problem => problem.Code == "MLO2011").Fix;

        var asked = Regex.Match(fix, "^Known are: (.*)[.]$").Groups[1].Value.Split(", ");

        Assert.Equal(asked.Order(StringComparer.Ordinal), Keys(At(place)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_mapping_with_fixed_keys_is_compared()
    {
        var compared = All.Select(mapping => mapping.Place);

        var all = Objects(Schema, string.Empty).ToArray();

        Assert.Equal(all.Order(StringComparer.Ordinal), compared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_defaults_of_the_schema_are_those_of_the_reader()
    {
        var read = ConfigurationReader.Parse(
                ConfigurationReaderTests.Smallest + "\ngate: { rules: [{ at-least: 0 }] }\nenvironments: { any: { path: p, gate: { rules: [{ at-least: 0 }] } } }\n", "mlops.yml")
            .Values.Where(value => value.Line is null)
            .ToDictionary(value => Regex.Replace(value.Path, "\\[0\\]|\\.any(?=\\.)", string.Empty), value => value.Text, StringComparer.Ordinal);

        var said = Defaults().ToArray();

        Assert.True(said.Length > 20);
        Assert.All(said, pair => Assert.Equal(read[pair.Path], pair.Text));
    }

    [Theory]
    [InlineData("properties/task", typeof(ModelTask))]
    [InlineData("properties/split/properties/by", typeof(SplitMethod))]
    [InlineData("definitions/rule/properties/kind", typeof(RuleKind))]
    [InlineData("properties/gate/properties/on-inconclusive", typeof(OnInconclusive))]
    public void Choices_are_those_of_the_code(string place, Type type)
        => Assert.Equal(
            Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName),
            At(place)["enum"]!.AsArray().Select(value => value!.GetValue<string>()));

    [Fact]
    public async Task A_file_with_every_setting_and_the_smallest_file_are_valid()
    {
        Assert.Empty(await ValidateAsync(ConfigurationReaderTests.Everything));
        Assert.Empty(await ValidateAsync(ConfigurationReaderTests.Smallest));
    }

    [Theory]
    [InlineData("mlops.yml")]
    [InlineData("mlops.multiclass.yml")]
    [InlineData("mlops.regression.yml")]
    public async Task The_files_of_the_template_are_valid(string name)
    {
        var yaml = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot(), "templates", "MlOps.Build.Templates", "content", "mlops-project", name),
            TestContext.Current.CancellationToken);

        Assert.Empty(await ValidateAsync(yaml));
        Assert.Empty(ConfigurationReader.Parse(yaml, name).Problems);
    }

    [Theory]
    [InlineData("sampel: { rows: 5 }")]
    [InlineData("sample: { row: 50 }")]
    [InlineData("sample: { rows: 5 }")]
    [InlineData("split: { holdout: 120 }")]
    [InlineData("split: { by: tyme }")]
    [InlineData("split: { gap: soon }")]
    [InlineData("score: { project: a, command: [b] }")]
    [InlineData("gate: { rules: [{ metric: auc }] }")]
    [InlineData("gate: { rules: [{ metric: auc, no-worse: 1 }] }")]
    [InlineData("environments: { production: { approvals: 1 } }")]
    public async Task What_the_reader_refuses_the_schema_refuses(string line)
    {
        var yaml = ConfigurationReaderTests.Smallest + "\n" + line + "\n";

        Assert.NotEmpty(await ValidateAsync(yaml));
        Assert.NotEmpty(ConfigurationReader.Parse(yaml, "mlops.yml").Problems);
    }

    [Fact]
    public void Every_setting_is_on_the_page_with_its_default()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "mlops-yml.md"));

        var rows = page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        var missing = Leaves().Where(leaf => !rows.Any(row =>
            row.StartsWith($"| `{leaf.Path}` |", StringComparison.Ordinal)
            && (leaf.Default is null || row.Contains($"| `{leaf.Default}` |", StringComparison.Ordinal))));

        Assert.Empty(missing);
        Assert.Equal(Leaves().Count(), rows.Length);
    }

    [Fact]
    public async Task Every_example_on_the_page_is_read_and_valid()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs", "mlops-yml.md"), TestContext.Current.CancellationToken);
        var examples = Regex.Matches(page, "```yaml\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToArray();

        Assert.True(examples.Length > 10);
        foreach (var example in examples)
        {
            var missing = ConfigurationReaderTests.Smallest.Replace("label: late", "label: late, time: day, slices: [origin]", StringComparison.Ordinal).Split('\n')
                .Where(line => !Regex.IsMatch(example, $"^{line.Split(':')[0]}:", RegexOptions.Multiline));
            var yaml = string.Join('\n', missing) + "\n" + example;
            Assert.Empty(ConfigurationReader.Parse(yaml, "mlops.yml").Problems);
            Assert.Empty(await ValidateAsync(yaml));
        }
    }

    private static JsonNode At(string place)
        => place.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(Schema, (node, name) => node[name]!);

    private static IEnumerable<string> Keys(JsonNode node) => node["properties"]!.AsObject().Select(pair => pair.Key);

    private static IEnumerable<string> Objects(JsonNode node, string place)
    {
        if (node is JsonObject map)
        {
            if (map["properties"] is JsonObject)
            {
                yield return place;
            }

            foreach (var (name, child) in map)
            {
                foreach (var found in child is null ? [] : Objects(child, place.Length == 0 ? name : $"{place}/{name}"))
                {
                    yield return found;
                }
            }
        }
    }

    private static IEnumerable<(string Path, string Text)> Defaults()
        => Leaves().Where(leaf => leaf.Default is not null)
            .Select(leaf => (Regex.Replace(leaf.Path, "\\[\\]|\\.<name>|\\.<column>", string.Empty), leaf.Default!));

    private static IEnumerable<(string Path, string? Default)> Leaves() => Leaves(Schema, string.Empty);

    private static IEnumerable<(string Path, string? Default)> Leaves(JsonNode node, string path)
    {
        var resolved = node["$ref"] is { } reference ? At(reference.GetValue<string>()[2..]) : node;
        if (resolved["properties"] is JsonObject properties)
        {
            return properties.SelectMany(pair => Leaves(pair.Value!, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}"));
        }

        if (resolved["type"] is JsonValue type && type.TryGetValue<string>(out var word))
        {
            if (word == "array" && resolved["items"] is { } items)
            {
                return Leaves(items, path + "[]");
            }

            if (word == "object")
            {
                return Leaves(resolved["additionalProperties"]!, path + (path is "data.expect" or "data.bands" ? ".<column>" : ".<name>"));
            }
        }

        if (resolved["oneOf"] is JsonArray choices)
        {
            return choices.Where(choice => choice!["properties"] is not null).SelectMany(choice => Leaves(choice!, path)).Prepend(Leaf());
        }

        return [Leaf()];

        (string Path, string? Default) Leaf() => (path, node["default"] is { } value ? Convert.ToString(Plain(value), CultureInfo.InvariantCulture) : null);
    }

    private static string Plain(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static async Task<IEnumerable<string>> ValidateAsync(string yaml)
    {
        var schema = await JsonSchema.FromJsonAsync(ConfigurationSchema.Text(), TestContext.Current.CancellationToken);
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return schema.Validate(ToJson(stream.Documents[0].RootNode)!.ToJsonString()).Select(error => error.ToString());
    }

    /// <summary>YAML as editors understand it: plain words are numbers and truth values where they look so.</summary>
    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } number when long.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        YamlScalarNode { Style: ScalarStyle.Plain } number when double.TryParse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => JsonValue.Create(value),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Build.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
