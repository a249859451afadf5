using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The model that a release is compared with, unpacked and verified.</summary>
public sealed record Champion
{
    public required string ModelDigest { get; init; }

    /// <summary>The training run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>The seed of its trainer.</summary>
    public required int Seed { get; init; }

    public required string ModelFolder { get; init; }

    /// <summary>How its rows were divided.</summary>
    public required SplitRecord Split { get; init; }

    /// <summary>The program that was packed with it: it is scored by its own scorer, also after the code moved on.</summary>
    public required BuiltProgram Scorer { get; init; }
}

/// <summary>Finds the champion in the registry.</summary>
public interface IChampionSource
{
    /// <summary>The champion, unpacked below <paramref name="folder"/>, or null while there is none.</summary>
    Task<Champion?> FindAsync(ProjectConfiguration configuration, string folder, CancellationToken cancellationToken);
}
