using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Registry;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Unpacks the champion out of the registry; every file is hashed after it was written.</summary>
public sealed class RegistryChampions(RegistryLog log, PackageBlobs blobs, string projectRoot) : IChampionSource
{
    private const string ScorerFolder = "scorer/";

    /// <inheritdoc/>
    public async Task<Champion?> FindAsync(ProjectConfiguration configuration, string folder, CancellationToken cancellationToken)
    {
        var state = await log.StateAsync(configuration.Model, cancellationToken);
        if (state.Champion is not { } digest)
        {
            return null;
        }

        var manifest = await blobs.ChampionAsync(state, cancellationToken);
        await blobs.RestoreAsync(manifest, folder, withScorer: true, afterEach: null, cancellationToken);
        var isPacked = manifest.Scorer.Files.Length > 0;
        return new Champion
        {
            ModelDigest = digest,
            RunId = manifest.Lineage.RunId,
            Seed = manifest.Lineage.Seed,
            Split = manifest.Lineage.Split,
            ModelFolder = Path.Combine(folder, "model"),
            Scorer = new BuiltProgram
            {
                Command = [.. manifest.Scorer.Command.Select(word => isPacked && word.StartsWith(ScorerFolder, StringComparison.Ordinal)
                    ? Path.Combine([folder, .. word.Split('/')])
                    : word)],
                WorkingDirectory = projectRoot,
                Folder = isPacked ? Path.Combine(folder, "scorer") : null,
                EntryFile = manifest.Scorer.Command.FirstOrDefault(word => word.StartsWith(ScorerFolder, StringComparison.Ordinal))?[ScorerFolder.Length..],
                Digest = manifest.Scorer.Digest,
                SourceDigest = manifest.Scorer.Digest,
            },
        };
    }
}
