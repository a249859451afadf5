using System.Text;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>Lines on stdout that the runner obeys.</summary>
internal static class WorkflowCommands
{
    public static string Line(string name, string properties, string data)
        => $"::{name}{(properties.Length > 0 ? " " + properties : string.Empty)}::{Data(data)}";

    public static string Annotation(HostAnnotation annotation)
    {
        string?[] properties =
        [
            annotation.File is { } file ? $"file={Property(file)}" : null,
            annotation.Line is { } line ? FormattableString.Invariant($"line={line}") : null,
            $"title={Property(annotation.Title)}",
        ];
        return Line(annotation.Level.ToString().ToLowerInvariant(), string.Join(',', properties.OfType<string>()), annotation.Message);
    }

    /// <summary>A secret and the forms in which it turns up in addresses and headers.</summary>
    public static IEnumerable<string> Masks(string secret)
    {
        if (string.IsNullOrWhiteSpace(secret))
        {
            return [];
        }

        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        string[] forms = [secret, base64, base64.TrimEnd('='), base64.TrimEnd('=').Replace('+', '-').Replace('/', '_'), Uri.EscapeDataString(secret)];
        return forms.Distinct(StringComparer.Ordinal).Select(form => Line("add-mask", string.Empty, form));
    }

    private static string Data(string text)
        => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text)
        => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
