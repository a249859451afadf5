using System.Text.Json;

namespace Cake.MlOps;

/// <summary>What a command answered; what its document does not hold is null.</summary>
public sealed record MlOpsAnswer
{
    /// <summary>What the process returned.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The document of <c>--output json</c> as it came.</summary>
    public required string Json { get; init; }

    /// <summary><c>pass</c>, <c>warn</c>, <c>fail</c> or <c>inconclusive</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>The sha256 digest of the verdict in canonical form.</summary>
    public string? VerdictDigest { get; init; }

    /// <summary>The sha256 digest of the model.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>The self-contained HTML report, relative to the folder with mlops.yml.</summary>
    public string? ReportPath { get; init; }

    /// <summary>The run below .mlops/runs.</summary>
    public string? RunId { get; init; }

    /// <summary>The verdict or the problem in a sentence.</summary>
    public string? Sentence { get; init; }

    internal static MlOpsAnswer Of(int exitCode, string json)
    {
        var empty = new MlOpsAnswer { ExitCode = exitCode, Json = json };
        if (json.Trim().Length == 0)
        {
            return empty;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(empty, document.RootElement);
        }
        catch (JsonException)
        {
            return empty;
        }
    }

    private static MlOpsAnswer Read(MlOpsAnswer answer, JsonElement root)
    {
        // A release holds the answer of its run; a gate answers with the verdict itself.
        var run = At(root, "run") is { } inner && Part(inner, "verdict") is not null ? inner : root;
        var verdict = Part(run, "verdict") ?? root;
        var model = Text(root, "modelDigest")
            ?? Text(At(root, "approval"), "modelDigest")
            ?? Text(At(run, "run"), "modelDigest")
            ?? First(At(At(verdict, "subject"), "challengers"))
            ?? Text(root, "to");
        return answer with
        {
            Verdict = Text(verdict, "verdict"),
            VerdictDigest = Text(run, "verdictDigest") ?? Text(At(root, "approval"), "verdictDigest"),
            ModelDigest = model,
            ReportPath = Text(run, "reportPath"),
            RunId = Text(At(run, "run"), "id"),
            Sentence = Text(verdict, "sentence") ?? Problem(root),
        };
    }

    private static string? Problem(JsonElement root)
        => Text(root, "code") is { } code ? $"{code} {Text(root, "what")} {Text(root, "why")} {Text(root, "fix")}" : null;

    private static JsonElement? At(JsonElement? element, string name)
        => element is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A document within another; the record of a run holds its verdict as a word.</summary>
    private static JsonElement? Part(JsonElement? element, string name)
        => At(element, name) is { ValueKind: JsonValueKind.Object } part ? part : null;

    private static string? Text(JsonElement? element, string name)
        => At(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string? First(JsonElement? array)
        => array is { ValueKind: JsonValueKind.Array } some && some.GetArrayLength() > 0 ? some[0].GetString() : null;
}
