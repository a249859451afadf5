using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlOps.Build.Engine.Hosts.GitHub;

/// <summary>The line that nobody sees and by which a model's comment is found again.</summary>
internal sealed record StickyMarker
{
    private const string Begin = "<!-- mlops:comment v=1 ";
    private const string End = " -->";

    /// <summary>The model's name as far as it can stand in a comment of HTML, unmistakably.</summary>
    public required string Model { get; init; }

    public required string Head { get; init; }

    public required long Run { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset ValidAt { get; init; }

    public required string Verdict { get; init; }

    /// <summary>The workflow whose run was reported for, where another one writes the comment.</summary>
    public long? Workflow { get; init; }

    public static StickyMarker Of(StickyComment comment, GitHubJob job) => new()
    {
        Model = Word(comment.Model),
        Head = Word(comment.HeadSha),
        Run = job.RunId,
        Attempt = job.Attempt,
        ValidAt = comment.ValidAt.ToUniversalTime(),
        Verdict = Word(comment.Verdict),
        Workflow = job.Followed?.Workflow,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Begin}model={Model} head={Head} run={Run} attempt={Attempt} valid-at={ValidAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} verdict={Verdict}{Followed}{End}");

    private string Followed => Workflow is { } workflow ? string.Create(CultureInfo.InvariantCulture, $" workflow={workflow}") : string.Empty;

    /// <summary>The marker in the first line of a comment, or null.</summary>
    public static StickyMarker? Read(string body)
    {
        var line = body.Split('\n', 2)[0].TrimEnd('\r');
        if (!line.StartsWith(Begin, StringComparison.Ordinal) || !line.EndsWith(End, StringComparison.Ordinal))
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in line[Begin.Length..^End.Length].Split(' '))
        {
            if (word.Split('=', 2) is not [var name, var value] || !fields.TryAdd(name, value))
            {
                return null;
            }
        }

        return fields.TryGetValue("model", out var model)
            && fields.TryGetValue("verdict", out var verdict)
            && DateTimeOffset.TryParse(fields.GetValueOrDefault("valid-at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new()
            {
                Model = model,
                Head = fields.GetValueOrDefault("head") ?? string.Empty,
                Run = long.TryParse(fields.GetValueOrDefault("run"), NumberStyles.None, CultureInfo.InvariantCulture, out var run) ? run : 0,
                Attempt = int.TryParse(fields.GetValueOrDefault("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : 1,
                ValidAt = at.ToUniversalTime(),
                Verdict = verdict,
                Workflow = long.TryParse(fields.GetValueOrDefault("workflow"), NumberStyles.None, CultureInfo.InvariantCulture, out var workflow) ? workflow : null,
            }
            : null;
    }

    /// <summary>A name of other characters gets the start of its digest, so that two models never share a comment.</summary>
    private static string Word(string text)
    {
        var word = string.Concat(text.Take(80).Select(character => IsSafe(character) ? character : '-'));
        return word == text && text.Length > 0
            ? word
            : $"{word}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}";
    }

    private static bool IsSafe(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
