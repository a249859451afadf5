using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The data of a pipeline: known by digest, checked before anything is trained, cleared away after.</summary>
internal static class PipelineData
{
    /// <summary>Takes the snapshot and holds it against the data contract.</summary>
    /// <exception cref="ProblemException">MLO2411: the data breaks the contract.</exception>
    public static (Snapshot Snapshot, IReadOnlyList<DataFinding> Findings) Snapshot(
        PipelineServices services, PipelineRequest request, ProjectConfiguration configuration, CancellationToken cancellationToken)
    {
        var snapshot = new SnapshotHandler(request.ProjectRoot, services.DataSettings).Take(configuration.Data, cancellationToken);
        var validation = new ValidateHandler(request.ProjectRoot, services.DataSettings)
            .Handle(DataPlan.Of(configuration, request.Mode, snapshot.Digest), cancellationToken).Document;
        foreach (var check in validation.Checks.Where(check => check.Result == CheckResult.Warning))
        {
            services.Log.Warn(check.Sentence);
        }

        string[] broken = [.. validation.Checks.Where(check => check.Result == CheckResult.Error).Select(check => check.Sentence)];
        return broken.Length == 0
            ? (snapshot, Evaluating.DataFindings.Of(validation))
            : throw new ProblemException(new(
                "MLO2411",
                "The data breaks its contract, so nothing was trained.",
                string.Join(" ", broken.Take(5)),
                "Mend the data or `data.expect` in mlops.yml; `mlops data validate` lists every check.")
            { Exit = ExitCode.No });
    }

    /// <summary>
    /// Rows that only trainers and scorers needed are not kept, nor is the unpacked champion; labels stay, so that a run can
    /// be judged again.
    /// </summary>
    public static void RemoveTrainingRows(string runFolder)
    {
        RemoveTables(Path.Combine(runFolder, "data"), keep: "holdout-labels.parquet");
        RemoveChampion(runFolder);
    }

    /// <summary>A run without a verdict keeps no rows at all: nobody judges it again, and they may be many and about people.</summary>
    public static void RemoveRows(string runFolder, IProgressLog log)
    {
        try
        {
            RemoveRows(runFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What made the run fail is what the user must hear of first.
            log.Warn($"The rows of the run are still in '{runFolder}': {exception.Message}");
        }
    }

    public static void RemoveRows(string runFolder)
    {
        RemoveTables(runFolder, keep: null);
        RemoveChampion(runFolder);
    }

    private static void RemoveTables(string folder, string? keep)
    {
        var tables = new DirectoryInfo(folder);
        foreach (var file in tables.Exists ? tables.EnumerateFiles("*.parquet", SearchOption.AllDirectories).ToArray() : [])
        {
            if (file.Name != keep)
            {
                file.Delete();
            }
        }
    }

    private static void RemoveChampion(string runFolder)
    {
        var champion = Path.Combine(runFolder, "champion");
        if (Directory.Exists(champion))
        {
            Directory.Delete(champion, recursive: true);
        }
    }
}
