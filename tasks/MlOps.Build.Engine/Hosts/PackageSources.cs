using System.Xml;
using System.Xml.Linq;

namespace MlOps.Build.Engine.Hosts;

/// <summary>
/// From which sources NuGet would take a package. The version decides between several of them, so a stranger who uploads the name to one takes
/// part unless a source mapping rules that source out.
/// </summary>
/// <param name="Names">The sources that would be asked.</param>
/// <param name="IsMapped">Whether a package source mapping is set at all.</param>
internal sealed record PackageSources(string[] Names, bool IsMapped)
{
    /// <summary>Reads configurations as NuGet merges them.</summary>
    /// <param name="configurations">The files' content, the nearest to the project first.</param>
    /// <param name="package">The package that is looked for.</param>
    public static PackageSources Of(IEnumerable<string> configurations, string package)
    {
        var sources = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var disabled = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var patterns = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in configurations.Reverse())
        {
            var root = TryParse(text);
            Merge(root, "packageSources", sources, _ => true);
            Merge(root, "disabledPackageSources", disabled, entry => string.Equals(Value(entry, "value"), "true", StringComparison.OrdinalIgnoreCase));
            Merge(root, "packageSourceMapping", patterns, entry => [.. entry.Elements("package").Select(element => Value(element, "pattern"))]);
        }

        string[] enabled = [.. sources.Keys.Where(name => !disabled.GetValueOrDefault(name)).Order(StringComparer.OrdinalIgnoreCase)];
        if (patterns.Count == 0)
        {
            return new(enabled, IsMapped: false);
        }

        var weights = enabled.ToDictionary(name => name, name => patterns.GetValueOrDefault(name, []).Select(pattern => Weight(pattern, package)).Append(0).Max());
        var best = weights.Values.Append(0).Max();
        return new([.. enabled.Where(name => best > 0 && weights[name] == best)], IsMapped: true);
    }

    /// <summary>NuGet lets the longest pattern win, the whole name before all.</summary>
    private static int Weight(string pattern, string package)
        => string.Equals(pattern, package, StringComparison.OrdinalIgnoreCase) ? int.MaxValue
            : pattern.EndsWith('*') && package.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) ? pattern.Length
            : 0;

    private static void Merge<T>(XElement? root, string section, Dictionary<string, T> into, Func<XElement, T> value)
    {
        foreach (var entry in root?.Elements(section).Elements() ?? [])
        {
            if (entry.Name.LocalName == "clear")
            {
                into.Clear();
            }
            else
            {
                into[Value(entry, "key")] = value(entry);
            }
        }
    }

    private static string Value(XElement element, string name) => element.Attribute(name)?.Value ?? string.Empty;

    private static XElement? TryParse(string text)
    {
        try
        {
            return XElement.Parse(text);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
