using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>A package that lies in a folder, every byte checked.</summary>
public sealed record RestoredPackage
{
    public required ModelManifest Manifest { get; init; }

    public required string ModelFolder { get; init; }

    /// <summary>The published scorer, or null where a command of the machine scores.</summary>
    public required string? ScorerFolder { get; init; }

    /// <summary>How the scorer is started, with the path it has now.</summary>
    public required IReadOnlyList<string> ScorerCommand { get; init; }
}

/// <summary>Fetches packages out of the registry, with the program that scores them.</summary>
public sealed class ChampionPackages(RegistryLog log, PackageBlobs blobs)
{
    /// <summary>The champion in a folder of its own below another, or null while there is none.</summary>
    /// <exception cref="ProblemException">MLO2501, MLO2507: the registry is not what was written.</exception>
    public async Task<RestoredPackage?> RestoreAsync(string model, string folder, CancellationToken cancellationToken)
    {
        var state = await log.StateAsync(model, cancellationToken);
        if (state.Champion is not { } champion)
        {
            return null;
        }

        var manifest = await blobs.ChampionAsync(state, cancellationToken);
        var target = Path.Combine(folder, Digest.Hex(champion));
        await blobs.RestoreAsync(manifest, target, withScorer: true, afterEach: null, cancellationToken);
        return new RestoredPackage
        {
            Manifest = manifest,
            ModelFolder = Path.Combine(target, "model"),
            ScorerFolder = manifest.Scorer.Files.Length == 0 ? null : Path.Combine(target, "scorer"),
            ScorerCommand = [.. manifest.Scorer.Command.Select(word => Located(word, target, manifest))],
        };
    }

    private static string Located(string word, string folder, ModelManifest manifest)
        => manifest.Scorer.Files.Length > 0 && word.StartsWith("scorer/", StringComparison.Ordinal)
            ? Path.Combine([folder, .. word.Split('/')])
            : word;
}
