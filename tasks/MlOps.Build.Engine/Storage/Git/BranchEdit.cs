using System.Text.Json;

namespace MlOps.Build.Engine.Storage.Git;

/// <summary>What a commit is to change, and why.</summary>
internal sealed record BranchEdit(string Message, string Path, byte[] Content)
{
    /// <summary>The text of the branch's first file for people.</summary>
    public const string About = """
        # The registry of this repository's models

        `mlops` keeps events, approvals and model packages on this branch, see `registry` in mlops.yml. Do not merge it, do not
        change it by hand and do not rewrite it: every event names the digest of the one before. `mlops models history` and
        `mlops audit verify` read it.

        """;

    /// <summary>A new or changed object of the store.</summary>
    public static BranchEdit Of(string key, ReadOnlyMemory<byte> content)
        => new(Sentence(key, content), key, content.ToArray());

    private static string Sentence(string key, ReadOnlyMemory<byte> content)
    {
        var parts = key.Split('/');
        var (model, name) = parts is ["models", var first, ..] ? (first, parts[^1]) : (null, key);
        return model is null ? $"Write {key}"
            : parts.Length == 4 && parts[2] == "events" && Field(content, "type") is { } type
                ? $"{model}: {type} by {Field(content, "actor") ?? "somebody"} ({name})"
            : $"{model}: {name}";
    }

    private static string? Field(ReadOnlyMemory<byte> content, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                ? string.Concat(value.GetString()!.Where(character => !char.IsControl(character)))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
