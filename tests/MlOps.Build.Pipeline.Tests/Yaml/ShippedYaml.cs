using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Pipeline.Tests.Yaml;

/// <summary>Who reads a file.</summary>
public enum YamlKind
{
    Action,
    Workflow,
    Pipeline,
    Other,
}

/// <summary>A YAML text that this repository hands to build servers, or shows to be copied.</summary>
/// <param name="Place">Its path, with the line for a block of a page.</param>
/// <param name="Text">The text.</param>
public sealed partial record ShippedYaml(string Place, string Text)
{
    /// <summary>Who reads it, by the keys at its top.</summary>
    public YamlKind Kind { get; } = KindOf(Text);

    public static IReadOnlyList<ShippedYaml> All { get; } = [.. Files(), .. Blocks()];

    /// <summary>The mapping at the top.</summary>
    public YamlMappingNode Root => Load(Text) ?? throw new InvalidOperationException($"{Place} is no mapping.");

    private static YamlKind KindOf(string text)
        => Load(text) is not { } root ? YamlKind.Other
            : root.Children.ContainsKey("runs") ? YamlKind.Action
            : root.Children.ContainsKey("on") ? YamlKind.Workflow
            : root.Children.Keys.Any(key => key.ToString() is "steps" or "stages" or "extends" or "trigger" or "pr" or "schedules")
                || (root.Children.TryGetValue("jobs", out var jobs) && jobs is YamlSequenceNode) ? YamlKind.Pipeline
            : YamlKind.Other;

    private static YamlMappingNode? Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 1 ? stream.Documents[0].RootNode as YamlMappingNode : null;
    }

    private static IEnumerable<ShippedYaml> Files()
        => Tracked("*.yml", "*.yaml")
            .Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(path => new ShippedYaml(path, Read(path)));

    private static IEnumerable<ShippedYaml> Blocks()
        => Tracked("*.md").SelectMany(path => Fence().Matches(Read(path)).Select(match => new ShippedYaml(
            FormattableString.Invariant($"{path}:{Read(path)[..match.Index].Count(letter => letter == '\n') + 2}"),
            match.Groups[1].Value)));

    /// <summary>Files of the work tree, without those that are built.</summary>
    private static IEnumerable<string> Tracked(params string[] patterns)
        => new[] { ".github", "docs", "tasks", "templates" }.Select(folder => Path.Combine(Repository.Root, folder))
            .SelectMany(folder => patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)))
            .Concat(patterns.SelectMany(pattern => Directory.EnumerateFiles(Repository.Root, pattern)))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex("^```ya?ml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
