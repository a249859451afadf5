using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MlOps.Build.Conformance.Tests.Actions;

/// <summary>What GitHub's own validators let through and a careful reviewer does not: in workflows and in actions.</summary>
public static partial class WorkflowRules
{
    /// <summary>The findings in a workflow, each with its place.</summary>
    public static IReadOnlyList<string> InWorkflow(string yaml)
    {
        var root = Parse(yaml);
        return [.. Top(root), .. Pairs(Child(root, "jobs")).SelectMany(job => InJob(job.Key, job.Value))];
    }

    /// <summary>The findings in an action.yml.</summary>
    public static IReadOnlyList<string> InAction(string yaml)
    {
        var root = Parse(yaml);
        var inputs = Pairs(Child(root, "inputs")).ToArray();
        return
        [
            .. inputs.Where(input => !Kebab().IsMatch(input.Key)).Select(input => $"inputs.{input.Key}: not kebab-case"),
            .. inputs.Where(input => Text(Child(input.Value, "description")) is null or "").Select(input => $"inputs.{input.Key}: no description"),
            .. inputs.Where(input => Text(Child(input.Value, "default")) is { } value && value.Contains("${{", StringComparison.Ordinal) && value != "${{ github.token }}").Select(input => $"inputs.{input.Key}: an expression as a default"),
            .. Expressions().Matches(yaml).Select(match => match.Groups["name"].Value).Where(name => inputs.All(input => input.Key != name)).Select(name => $"inputs.{name}: used and not described"),
            .. Steps(Child(root, "runs")).SelectMany((step, at) => InStep($"runs.steps[{at}]", step)),
        ];
    }

    private static IEnumerable<string> Top(YamlNode root)
    {
        if (Child(root, "permissions") is not YamlMappingNode { Children.Count: 0 })
        {
            yield return "permissions: not {} at the top";
        }

        // `on` may be a word, a list or a map.
        if (Words(Child(root, "on")).Contains("pull_request_target", StringComparer.Ordinal))
        {
            yield return "on: pull_request_target";
        }
    }

    private static IEnumerable<string> InJob(string name, YamlNode job)
    {
        if (Child(job, "permissions") is not YamlMappingNode)
        {
            yield return $"jobs.{name}: no permissions of its own";
        }

        if (Text(Child(job, "secrets")) == "inherit")
        {
            yield return $"jobs.{name}: secrets: inherit";
        }

        var findings = (Text(Child(job, "uses")) is { } uses ? Pin($"jobs.{name}", uses) : [])
            .Concat(Steps(job).SelectMany((step, at) => InStep($"jobs.{name}.steps[{at}]", step)));
        foreach (var finding in findings)
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> InStep(string place, YamlNode step)
    {
        if (Text(Child(step, "run"))?.Contains("${{", StringComparison.Ordinal) == true)
        {
            yield return $"{place}: an expression inside run";
        }

        if (Text(Child(step, "uses")) is not { } uses)
        {
            yield break;
        }

        foreach (var finding in Pin(place, uses))
        {
            yield return finding;
        }

        if (uses.StartsWith("actions/checkout@", StringComparison.Ordinal) && Text(Child(Child(step, "with"), "persist-credentials")) != "false")
        {
            yield return $"{place}: persist-credentials is not false";
        }
    }

    private static IEnumerable<string> Pin(string place, string uses)
        => uses.StartsWith("./", StringComparison.Ordinal) || Sha().IsMatch(uses) ? [] : [$"{place}: '{uses}' is not pinned by a commit"];

    private static IEnumerable<YamlNode> Steps(YamlNode? node) => Child(node, "steps") is YamlSequenceNode steps ? steps : [];

    private static IEnumerable<string> Words(YamlNode? node) => node switch
    {
        YamlScalarNode word => [word.Value ?? string.Empty],
        YamlSequenceNode list => list.SelectMany(Words),
        YamlMappingNode map => Pairs(map).Select(pair => pair.Key),
        _ => [],
    };

    private static IEnumerable<(string Key, YamlNode Value)> Pairs(YamlNode? node)
        => node is YamlMappingNode map ? map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value ?? string.Empty, pair.Value)) : [];

    private static YamlNode? Child(YamlNode? node, string key) => Pairs(node).Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault();

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    private static YamlNode Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex("^[^@]+@[0-9a-f]{40}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sha();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kebab();

    [GeneratedRegex(@"\$\{\{[^}]*inputs\.(?<name>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expressions();
}
