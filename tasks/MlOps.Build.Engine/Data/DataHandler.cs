using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Data;

/// <summary>Answers <c>mlops data split</c> and <c>mlops data sample</c>: the files of a run without the run.</summary>
public sealed class DataHandler(string projectRoot, DataSettings settings, IProgressLog log)
{
    /// <summary>Writes training, validation and holdout files with all rows.</summary>
    /// <exception cref="ProblemException">MLO2101 to MLO2115.</exception>
    public Answer<SplitRecord> Split(ProjectConfiguration project, string folder, CancellationToken cancellationToken)
    {
        var split = Plan(project, RunMode.Full, cancellationToken);
        split.WriteTraining(folder, project.Train.Seed, cancellationToken);
        split.WriteHoldout(folder, cancellationToken);
        return new Answer<SplitRecord>(split.Record, ExitCode.Ok);
    }

    /// <summary>Writes the samples and the validation rows of a pull request; the answer is the first sample.</summary>
    /// <exception cref="ProblemException">MLO2101 to MLO2115.</exception>
    public Answer<SampleRecord> Sample(
        ProjectConfiguration project, string folder, long? rows, long? seed, CancellationToken cancellationToken)
    {
        var sample = project.Sample with { Rows = rows ?? project.Sample.Rows };
        var split = Plan(project with { Sample = sample }, RunMode.Pr, cancellationToken);
        var files = split.WriteTraining(folder, seed ?? project.Train.Seed, cancellationToken);
        return new Answer<SampleRecord>(files.Replicates[0].Sample, ExitCode.Ok);
    }

    private PreparedSplit Plan(ProjectConfiguration project, RunMode mode, CancellationToken cancellationToken)
    {
        var snapshot = new SnapshotHandler(projectRoot, settings).Take(project.Data, cancellationToken);
        return new DataPreparation(projectRoot, settings, log)
            .Plan(DataPlan.Of(project, mode, snapshot.Digest), cancellationToken);
    }
}
