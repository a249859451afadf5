using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>Ways through a tree of YAML.</summary>
internal static class YamlSteps
{
    /// <summary>Every mapping below, with itself.</summary>
    public static IEnumerable<YamlMappingNode> Mappings(this YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Values.SelectMany(Mappings).Prepend(mapping),
        YamlSequenceNode sequence => sequence.SelectMany(Mappings),
        _ => [],
    };

    /// <summary>The value of a key, or null.</summary>
    public static YamlNode? At(this YamlNode? node, string key)
        => node is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out var value) ? value : null;

    /// <summary>The jobs of a workflow.</summary>
    public static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(this YamlMappingNode workflow)
        => workflow.At("jobs") is YamlMappingNode jobs
            ? jobs.Children.Select(pair => (pair.Key.ToString(), (YamlMappingNode)pair.Value))
            : [];

    /// <summary>The names of the events that start a workflow.</summary>
    public static IEnumerable<string> Events(this YamlMappingNode workflow) => workflow.At("on") switch
    {
        YamlMappingNode events => events.Children.Keys.Select(key => key.ToString()),
        YamlSequenceNode events => events.Select(item => item.ToString()),
        { } one => [one.ToString()],
        null => [],
    };
}
