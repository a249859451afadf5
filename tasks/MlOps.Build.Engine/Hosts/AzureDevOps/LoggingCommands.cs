using System.Text;
using MlOps.Build.Engine.Processes;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>Lines on stdout that the agent obeys.</summary>
internal static class LoggingCommands
{
    /// <summary><c>##vso[area.action name=value;]data</c>; a property without a value is left out.</summary>
    public static string Line(string command, IEnumerable<(string Name, string? Value)> properties, string data)
    {
        var given = string.Concat(properties.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Property(pair.Value!)};"));
        return $"##vso[{command}{(given.Length > 0 ? " " + given : string.Empty)}]{Data(data)}";
    }

    /// <summary>A remark; the agent knows warnings and errors only, so a notice is a line of the log.</summary>
    public static IEnumerable<string> Annotation(HostAnnotation annotation)
    {
        var text = $"{annotation.Title}: {annotation.Message}";
        return annotation.Level == AnnotationLevel.Notice
            ? text.Split('\n').Select(OutputNeutraliser.Neutralise)
            : [Line(
                "task.logissue",
                [
                    ("type", annotation.Level == AnnotationLevel.Error ? "error" : "warning"),
                    ("sourcepath", annotation.File),
                    ("linenumber", annotation.Line is { } line ? FormattableString.Invariant($"{line}") : null),
                ],
                text)];
    }

    /// <summary>A value for later steps, under the name that task.json declares.</summary>
    public static string Output(string name, string value) => Line("task.setvariable", [("variable", Camel(name)), ("isOutput", "true")], value);

    public static string Group(string title) => "##[group]" + OutputNeutraliser.Neutralise(title.ReplaceLineEndings(" "));

    /// <summary>A secret line by line, and the forms in which it turns up in addresses and headers.</summary>
    public static IEnumerable<string> Masks(string secret)
    {
        if (string.IsNullOrWhiteSpace(secret))
        {
            return [];
        }

        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        string[] forms =
        [
            .. secret.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0),
            base64,
            base64.TrimEnd('='),
            base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            Uri.EscapeDataString(secret),
        ];
        return forms.Distinct(StringComparer.Ordinal).Select(form => Line("task.setsecret", [], form));
    }

    /// <summary><c>engine-path</c> as <c>enginePath</c>: names are letters and digits here.</summary>
    public static string Camel(string name)
        => string.Concat(name.Split('-').Where(word => word.Length > 0).Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>A name for an attachment or a file: the agent refuses what a file system does.</summary>
    public static string FileName(params string?[] words)
        => string.Join('.', words.OfType<string>().Where(word => word.Length > 0)
            .Select(word => string.Concat(word.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '-'))));

    private static string Data(string text)
        => text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text)
        => Data(text).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
