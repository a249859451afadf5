using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>Answers <c>mlops data snapshot</c>.</summary>
public sealed class SnapshotHandler(string projectRoot, DataSettings settings)
{
    /// <summary>Takes the snapshot of a dataset.</summary>
    /// <exception cref="ProblemException">MLO2101 to MLO2106, MLO2111, MLO2113.</exception>
    public Snapshot Take(DataConfiguration data, CancellationToken cancellationToken = default)
    {
        using var session = new DataSession(settings, cancellationToken);
        var dataset = DatasetReader.Open(session, projectRoot, data);
        return SnapshotReader.Read(session, projectRoot, data.Source, dataset);
    }

    /// <summary>Takes the snapshot and notes its digest in <c>mlops.lock.json</c>.</summary>
    /// <exception cref="ProblemException">As <see cref="Take"/>; MLO2114.</exception>
    public Answer<Snapshot> Handle(DataConfiguration data, CancellationToken cancellationToken = default)
    {
        var snapshot = Take(data, cancellationToken);
        LockFile.Note(projectRoot, data.Source, snapshot.Digest);
        return new Answer<Snapshot>(snapshot, ExitCode.Ok);
    }
}
