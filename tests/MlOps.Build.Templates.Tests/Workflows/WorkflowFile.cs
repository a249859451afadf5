using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Templates.Tests.Workflows;

/// <summary>A reusable workflow.</summary>
internal sealed class WorkflowFile
{
    private readonly YamlMappingNode root;

    public WorkflowFile(string path)
    {
        Name = Path.GetFileName(path);
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(path)));
        root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public string Name { get; }

    /// <summary>The inputs as a call gives them, the defaults for the others.</summary>
    public Dictionary<string, string> Inputs(IReadOnlyDictionary<string, string> given)
    {
        var declared = ((YamlMappingNode)root["on"]["workflow_call"]["inputs"]).Children;
        Assert.Empty(given.Keys.Except(declared.Keys.Select(key => key.ToString()), StringComparer.Ordinal));
        return declared.ToDictionary(
            input => input.Key.ToString(),
            input => given.TryGetValue(input.Key.ToString(), out var value)
                ? value
                : Text(input.Value, "default") ?? throw new InvalidOperationException($"{Name} asks for {input.Key}."));
    }

    public YamlMappingNode Job(string name) => (YamlMappingNode)root["jobs"][name];

    public static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    public static string? Text(YamlNode? node, string key)
        => node is YamlMappingNode map && map.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    public static IEnumerable<(string Key, string Value)> Map(YamlNode node, string key)
        => node is YamlMappingNode map && map.Children.TryGetValue(key, out var value)
            ? ((YamlMappingNode)value).Children.Select(pair => (pair.Key.ToString(), pair.Value.ToString()))
            : [];
}
