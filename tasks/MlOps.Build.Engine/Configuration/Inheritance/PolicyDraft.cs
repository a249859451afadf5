using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Configuration;

/// <summary>A policy as one file says it, before what it extends is added.</summary>
/// <param name="Gate">Its rules and settings, with defaults.</param>
/// <param name="Stated">The settings that it states, and where.</param>
/// <param name="Extends">The files it builds on, and where it says so.</param>
internal sealed record PolicyDraft(
    GateConfiguration Gate, IReadOnlyDictionary<string, SourcePlace> Stated, IReadOnlyList<(string Path, SourcePlace Place)> Extends)
{
    /// <summary>The file as the project names it; null is mlops.yml itself.</summary>
    public string? File { get; init; }

    /// <summary>Digest of the file's text.</summary>
    public string? Digest { get; init; }

    /// <summary>Every rule and waiver marked with the file it stands in.</summary>
    public PolicyDraft Marked(string file, string digest) => this with
    {
        File = file,
        Digest = digest,
        Gate = Gate with
        {
            Rules = [.. Gate.Rules.Select(rule => rule with { From = file })],
            Waivers = [.. Gate.Waivers.Select(waiver => waiver with { From = file })],
        },
    };
}
