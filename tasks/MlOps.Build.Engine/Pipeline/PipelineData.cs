using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The data of a pipeline: known by digest, checked before anything is trained, cleared away after.</summary>
internal static class PipelineData
{
    /// <summary>Takes the snapshot and holds it against the data contract.</summary>
    /// <exception cref="ProblemException">MLO2411: the data breaks the contract.</exception>
    public static Snapshot Snapshot(
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
            ? snapshot
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
        var data = new DirectoryInfo(Path.Combine(runFolder, "data"));
        foreach (var file in data.Exists ? data.EnumerateFiles("*.parquet", SearchOption.AllDirectories).ToArray() : [])
        {
            if (file.Name != "holdout-labels.parquet")
            {
                file.Delete();
            }
        }

        var champion = Path.Combine(runFolder, "champion");
        if (Directory.Exists(champion))
        {
            Directory.Delete(champion, recursive: true);
        }
    }
}
