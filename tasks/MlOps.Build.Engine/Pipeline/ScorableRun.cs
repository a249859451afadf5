using MlOps.Build.Contracts;
using MlOps.Build.Engine.Runs;
using MlOps.Build.Engine.Training;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>Which runs have a model that can be scored.</summary>
internal static class ScorableRun
{
    /// <summary>The run itself.</summary>
    /// <exception cref="ProblemException">MLO2412: it has no model, or not the one it was written with.</exception>
    public static StoredRun Of(StoredRun run)
    {
        var record = run.Record;
        if (record.Kind == RunKind.Pipeline)
        {
            string[] trainings = [.. record.Challengers.Concat(record.Baselines).Distinct(StringComparer.Ordinal)];
            throw Refuse(
                record,
                trainings.Length == 0 ? "It is a pipeline that trained nothing." : $"It is a pipeline; its trainings are {string.Join(", ", trainings)}.",
                trainings.Length == 0 ? "Train a model with `mlops train`." : $"Run `mlops score --run {trainings[0]}`.");
        }

        if (run.State != RunState.Finished || record.ModelDigest is null)
        {
            throw Refuse(record, "Its training did not finish.", "Train a model with `mlops train`.");
        }

        var model = Path.Combine(run.Folder, "model");
        return Directory.Exists(model) && Digest.MerkleRoot(ModelFolder.Digests(model)) == record.ModelDigest
            ? run
            : throw Refuse(record, "Its model is not the one that was trained: files of it were changed or removed.", "Train again with `mlops train`.", ExitCode.Refused);
    }

    private static ProblemException Refuse(RunRecord run, string why, string fix, ExitCode exit = ExitCode.Usage)
        => new(new Problem("MLO2412", $"The run {run.Id} has no model to score.", why, fix) { Exit = exit });
}
