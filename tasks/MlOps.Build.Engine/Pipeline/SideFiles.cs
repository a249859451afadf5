using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Pipeline;

/// <summary>The rows of one side, without the columns this side ignores. Both sides get the same rows.</summary>
/// <param name="Split">The settled split.</param>
/// <param name="Training">The files its trainings read.</param>
/// <param name="Folder">Where they lie.</param>
internal sealed record SideFiles(PreparedSplit Split, PreparedTraining Training, string Folder)
{
    public ColumnRoles Roles => Split.Roles;

    /// <summary>How many trainings there are: one a sample, or one on all rows.</summary>
    public int Count => Math.Max(1, Training.Replicates.Count);

    public string TrainData(int replicate)
        => Training.Train ?? Training.Replicates[replicate].Train;

    public SampleRecord? Sample(int replicate)
        => Training.Train is null ? Training.Replicates[replicate].Sample : null;
}
