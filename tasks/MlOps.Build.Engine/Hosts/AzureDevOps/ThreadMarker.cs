using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlOps.Build.Engine.Hosts.AzureDevOps;

/// <summary>The line that nobody sees and by which a model's thread is found again; the same text is a property of the thread.</summary>
internal sealed record ThreadMarker
{
    private const string Begin = "mlops v=1 ";

    /// <summary>The model's name as far as it can stand in such a line, unmistakably.</summary>
    public required string Model { get; init; }

    public required string Head { get; init; }

    public required DateTimeOffset ValidAt { get; init; }

    public required string Verdict { get; init; }

    public required bool NeedsAction { get; init; }

    /// <summary>The job that wrote it, the same in each of its runs; null for one that did not say.</summary>
    public string? Origin { get; init; }

    public static ThreadMarker Of(StickyComment comment, string? origin) => new()
    {
        Model = Word(comment.Model),
        Head = Word(comment.HeadSha),
        ValidAt = comment.ValidAt.ToUniversalTime(),
        Verdict = Word(comment.Verdict),
        NeedsAction = comment.NeedsAction,
        Origin = origin is null ? null : Word(origin),
    };

    /// <summary>A definition of a link that nothing refers to: Markdown shows nothing for it.</summary>
    public string Line => $"[//]: # ({this})";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Begin}model={Model} head={Head} valid-at={ValidAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} verdict={Verdict} action={(NeedsAction ? "yes" : "no")}{(Origin is null ? null : " by=" + Origin)}");

    /// <summary>The marker in the first line of a comment, or null.</summary>
    public static ThreadMarker? OfComment(string? content)
        => content?.Split('\n', 2)[0].Trim() is { } line && line.StartsWith("[//]: # (", StringComparison.Ordinal) && line.EndsWith(')') ? Read(line[9..^1]) : null;

    public static ThreadMarker? Read(string? text)
    {
        if (text?.StartsWith(Begin, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in text[Begin.Length..].Split(' '))
        {
            if (word.Split('=', 2) is not [var name, var value] || !fields.TryAdd(name, value))
            {
                return null;
            }
        }

        return fields.TryGetValue("model", out var model)
            && fields.TryGetValue("head", out var head)
            && fields.TryGetValue("verdict", out var verdict)
            && DateTimeOffset.TryParse(fields.GetValueOrDefault("valid-at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new() { Model = model, Head = head, Verdict = verdict, ValidAt = at.ToUniversalTime(), NeedsAction = fields.GetValueOrDefault("action") == "yes", Origin = fields.GetValueOrDefault("by") }
            : null;
    }

    /// <summary>A name of other characters gets the start of its digest, so that two models never share a thread.</summary>
    public static string Word(string text)
    {
        var word = string.Concat(text.Take(80).Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '-'));
        return word == text && text.Length > 0
            ? word
            : $"{word}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}";
    }
}
