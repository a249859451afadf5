using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Registry;

/// <summary>Describes a package. The same run gives the same bytes: no clock, no machine of today.</summary>
public static class PackageManifest
{
    public static ModelManifest Of(
        ProjectConfiguration project,
        Candidate candidate,
        TrainingRecord report,
        Evaluation evaluation,
        FileDigest[] files,
        ScorerPackage scorer) => new()
        {
            Name = project.Model,
            Task = project.Task,
            ModelDigest = candidate.ModelDigest,
            Files = files,
            Scorer = scorer,
            Lineage = new ModelLineage
            {
                RunId = candidate.Training.Id,
                PipelineRunId = candidate.Pipeline.Id,
                Git = candidate.Training.Git,
                SnapshotDigest = candidate.Training.SnapshotDigest ?? string.Empty,
                Split = candidate.Training.Split ?? throw WithoutSplit(candidate),
                Sample = candidate.Training.Sample,
                Parameters = report.Parameters,
                Seed = candidate.Training.Seed,
                Machine = candidate.Training.Machine,
                Frameworks = report.Frameworks,
            },
            Metrics = evaluation.Metrics,
            Threshold = Threshold(evaluation),
            InputSchema = report.InputSchema,
            SizeBytes = files.Sum(file => file.Size),
            Training = new TrainingFootprint(report.WallSeconds, report.CpuSeconds, report.PeakMemoryBytes),
            Card = project.Card,
        };

    /// <summary>What services have to answer at. The default is left out, so that packages of old stay what they are.</summary>
    internal static ModelThreshold? Threshold(Evaluation evaluation)
        => evaluation switch
        {
            { Threshold: { } value, ThresholdChoice: { } choice } => new(value, choice.Rule, choice.Rows),
            { Threshold: { } value } when value != 0.5 => new(value, null, null),
            _ => null,
        };

    private static ProblemException WithoutSplit(Candidate candidate)
        => RegistryProblems.Refused(
            "MLO2510",
            $"The run {candidate.Pipeline.Id} cannot be registered.",
            "Its training does not say how rows were split, so nobody could tell what it was trained on.",
            "Run `mlops run --mode full` again.");
}
