using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Attestation;

/// <summary>
/// What is attested: an in-toto Statement v1 (https://in-toto.io/Statement/v1) with the files of a package as subjects and
/// the gate's answer as predicate. It is a function of package and verdict, so whoever has both can say what it must be.
/// </summary>
public static class VerdictStatement
{
    public const string StatementType = "https://in-toto.io/Statement/v1";
    public const string PredicateType = "https://mlops.build/gate-verdict/v1";

    /// <summary>The statement in canonical form (RFC 8785).</summary>
    public static byte[] Of(ModelManifest manifest, string manifestDigest, Verdict verdict)
    {
        var statement = new JsonObject
        {
            ["_type"] = StatementType,
            ["subject"] = new JsonArray([
                Subject("model.json", manifestDigest),
                .. manifest.Files.Select(file => Subject($"model/{file.Path}", file.Digest)),
                .. manifest.Scorer.Files.Select(file => Subject($"scorer/{file.Path}", file.Digest)),
            ]),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["model"] = manifest.Name,
                ["modelDigest"] = manifest.ModelDigest,
                ["scorerDigest"] = manifest.Scorer.Digest,
                ["verdict"] = JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.Kind.ToString()),
                ["verdictDigest"] = Digest.OfDocument(verdict),
                ["sentence"] = verdict.Sentence,
                ["championDigest"] = verdict.Subject.Baselines.FirstOrDefault(),
                ["holdoutDigest"] = verdict.Subject.Holdout,
                ["policyDigest"] = verdict.Subject.Policy,
                ["evaluationDigest"] = verdict.Subject.Evaluation,
                ["engineDigest"] = verdict.Subject.Engine,
                ["runId"] = manifest.Lineage.PipelineRunId,
                ["createdAt"] = Time(verdict.CreatedAt),
                ["expiresAt"] = Time(verdict.ExpiresAt),
            },
        };
        using var document = JsonDocument.Parse(statement.ToJsonString());
        return CanonicalJson.Of(document.RootElement);
    }

    private static JsonObject Subject(string name, string digest) => new()
    {
        ["name"] = name,
        ["digest"] = new JsonObject { ["sha256"] = digest["sha256:".Length..] },
    };

    private static string Time(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
