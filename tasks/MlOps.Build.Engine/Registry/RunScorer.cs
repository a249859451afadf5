using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Registry;

/// <summary>The program that scored a run's challenger: it goes into the package and scores the model from then on.</summary>
internal static class RunScorer
{
    /// <summary>The published folder, or null where a command of the machine scored.</summary>
    public static string? FolderOf(RunRecord pipeline, string projectRoot)
        => pipeline.Scorer?.Folder is { } folder ? Path.GetFullPath(folder, Path.GetFullPath(projectRoot)) : null;

    /// <summary>The scorer as a package describes it.</summary>
    /// <exception cref="ProblemException">MLO2516: it is gone, or is not the one that scored.</exception>
    public static ScorerPackage Of(RunRecord pipeline, string projectRoot)
    {
        if (pipeline.Scorer is not { } scorer)
        {
            throw Refuse(pipeline, "It does not say which program scored its model.");
        }

        if (FolderOf(pipeline, projectRoot) is not { } folder)
        {
            return new ScorerPackage(Digest.MerkleRoot([]), scorer.Command, []);
        }

        if (!Directory.Exists(folder))
        {
            throw Refuse(pipeline, $"The program that scored its model is gone: '{scorer.Folder}'.");
        }

        var files = PackageBlobs.FilesOf(folder);
        var found = Digest.MerkleRoot(files);
        return found == scorer.Digest
            ? new ScorerPackage(found, scorer.Command, files)
            : throw Refuse(
                pipeline, $"The program that scored its model was changed: '{scorer.Folder}' has {found}, {scorer.Digest} scored.");
    }

    private static ProblemException Refuse(RunRecord run, string why)
        => RegistryProblems.Refused(
            "MLO2516", $"The run {run.Id} cannot be registered.", why, "Run `mlops run --mode full` again and register its result.");
}
