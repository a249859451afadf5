using MlOps.Build.Contracts;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Registry;

/// <summary>A package is its model and the program that scores it.</summary>
public static class PackageIdentity
{
    /// <summary>What tells the scorers of packages apart; the same as that of the program in the evaluation.</summary>
    public static string Of(ScorerPackage scorer)
        => BuiltProgram.IdentityOf(scorer.Files.Length > 0, scorer.Digest, scorer.Command);

    /// <summary>Whether two packages hold the same model with the same scorer and answer at the same threshold.</summary>
    public static bool IsSame(ModelManifest one, ModelManifest other)
        => one.ModelDigest == other.ModelDigest && Of(one.Scorer) == Of(other.Scorer) && one.Threshold?.Value == other.Threshold?.Value;

    /// <summary>The manifest of the package that is the champion: the one that was promoted.</summary>
    /// <exception cref="ProblemException">MLO2507: it is damaged.</exception>
    public static async Task<ModelManifest> ChampionAsync(
        this PackageBlobs blobs, RegistryState state, CancellationToken cancellationToken)
        => await blobs.ManifestAsync(
            state.ChampionManifest ?? state.Packages.Last(package => package.Body.ModelDigest == state.Champion).Body.ManifestDigest,
            cancellationToken);
}
