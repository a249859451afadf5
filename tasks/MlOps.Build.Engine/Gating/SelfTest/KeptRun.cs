using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;
using MlOps.Build.Engine.Runs;

namespace MlOps.Build.Engine.Gating;

/// <summary>A judged run that still has its labels and predictions.</summary>
internal sealed record KeptRun(string Id, string Folder, Evaluation Evaluation, IReadOnlyList<string> Challenger, IReadOnlyList<string> Baseline)
{
    private string LabelsPath => Path.Combine(Folder, "data", "head", "holdout-labels.parquet");

    /// <summary>A run, or the newest that was judged.</summary>
    /// <exception cref="ProblemException">MLO2314: there is no judged run; MLO2340: its predictions are gone or others.</exception>
    public static KeptRun Open(RunStore runs, string? run)
    {
        var evaluation = EvaluatedRun.Find(runs, run);
        var folder = Path.GetDirectoryName(evaluation)!;
        var document = Documents.Read<Evaluation>(evaluation);
        var unchanged = document.Baseline is { } same && same.Replicates.Select(replicate => replicate.PredictionsDigest)
            .SequenceEqual(document.Challenger.Replicates.Select(replicate => replicate.PredictionsDigest), StringComparer.Ordinal);
        var kept = new KeptRun(
            Path.GetFileName(folder),
            folder,
            document,
            Files(folder, "challenger", document.Challenger),
            document.Baseline is null || unchanged ? [] : Files(folder, "baseline", document.Baseline));
        return File.Exists(kept.LabelsPath) ? kept : throw Gone(kept.Id, "its labels are gone");
    }

    public LabelsFile Labels(ProjectConfiguration configuration)
        => LabelsFile.Of(LabelsPath, configuration) with { TotalRows = Evaluation.Holdout.TotalRows };

    /// <summary>
    /// The policy with the threshold that the run chose for the challenger in place of the rule: both twins answer with rows of either
    /// model, so that only one threshold for all treats them alike.
    /// </summary>
    public GateConfiguration Fixed(GateConfiguration policy)
        => policy.Choose is null ? policy : policy with { Choose = null, Threshold = Evaluation.Threshold ?? policy.Threshold };

    /// <summary>What the run was judged on, with the project's policy.</summary>
    public EvaluationInput Input(ProjectConfiguration configuration, LabelsFile labels, long seed)
    {
        var (holdout, predictions) = HoldoutReader.Read(labels, [.. Challenger, .. Baseline]);
        return new()
        {
            Model = configuration.Model,
            Mode = Evaluation.Mode,
            Task = configuration.Task,
            Policy = Fixed(configuration.Gate),
            Seed = seed,
            Holdout = holdout,
            Data = Evaluation.Data,
            FoundInFiles = [],
            Footprint = Evaluation.Footprint,
            Challenger = Side(Evaluation.Challenger, predictions.Take(Challenger.Count)),
            Baseline = Baseline.Count == 0 ? null : Side(Evaluation.Baseline!, predictions.Skip(Challenger.Count)),
        };
    }

    private static SideInput Side(EvaluatedSide side, IEnumerable<Predictions> predictions)
        => new(side.Name, [.. side.Replicates.Zip(predictions, (replicate, read) => new ReplicateInput(replicate, read))]);

    /// <summary>What was judged, not what lies there now.</summary>
    private static List<string> Files(string folder, string side, EvaluatedSide judged)
    {
        var files = new List<string>();
        foreach (var replicate in judged.Replicates)
        {
            var file = Path.Combine(folder, "predictions", $"{side}-{EvaluationProblems.Number(files.Count)}.parquet");
            if (!File.Exists(file) || Digest.OfFile(file) != replicate.PredictionsDigest)
            {
                throw Gone(Path.GetFileName(folder), $"'{Path.GetFileName(file)}' {(File.Exists(file) ? "is not what was judged" : "is gone")}");
            }

            files.Add(file);
        }

        return files;
    }

    private static ProblemException Gone(string run, string why) => new(new Problem(
        "MLO2340",
        "The self-test needs the predictions of a judged run.",
        $"Of run {run} {why}.",
        "Run `mlops run` and test the gate on that run, or name another one with `--run`.")
    { Exit = ExitCode.Unavailable });
}
