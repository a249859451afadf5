using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Data;

/// <summary>What a split was settled from.</summary>
internal sealed record SplitWork(
    string ProjectRoot,
    DataSettings Settings,
    IProgressLog Log,
    DataPlan Plan,
    LabelRule Label,
    SplitRule Rule,
    PartCounts Counts);

/// <summary>A split that is settled and of which nothing is written yet.</summary>
public sealed class PreparedSplit
{
    private readonly SplitWork work;
    private readonly string stamp;

    internal PreparedSplit(SplitWork work, SplitRecord record, Dataset dataset)
    {
        this.work = work;
        stamp = Stamp(dataset);
        Record = record;
        Columns = dataset.Columns;
    }

    /// <summary>The split as a document; <c>split.json</c> beside the files.</summary>
    public SplitRecord Record { get; }

    /// <summary>The columns of the dataset.</summary>
    public IReadOnlyList<DatasetColumn> Columns { get; }

    /// <summary>What a request says about the columns of the files.</summary>
    public ColumnRoles Roles => DataColumns.Roles(work.Plan.Data);

    /// <summary>
    /// Writes <c>validation.parquet</c> and, for a release, <c>train.parquet</c> with all training rows; for a pull request
    /// <c>sample-&lt;i&gt;/train.parquet</c> with its <c>sample.json</c> for each replicate, chosen by the seed
    /// <paramref name="firstSeed"/> + i. The validation rows of a pull request are as many as those of a sample.
    /// </summary>
    /// <exception cref="ProblemException">MLO2112, MLO2113 or MLO2114.</exception>
    public PreparedTraining WriteTraining(string folder, long firstSeed, CancellationToken cancellationToken = default)
    {
        using var session = Open(cancellationToken);
        var writer = new TableWriter(session, folder);
        writer.Write("split.json", Record);
        return work.Plan.Mode is RunMode.Full
            ? new TrainingFiles(session, writer, work).WriteAll()
            : new SampleFiles(session, writer, work).Write(firstSeed);
    }

    /// <summary>
    /// Writes <c>holdout.parquet</c> without the label and <c>holdout-labels.parquet</c> with <c>row_id</c>, label, time,
    /// group, slices and sensitive columns, for the same rows in the same order. To be called after training has ended.
    /// </summary>
    /// <exception cref="ProblemException">MLO2112, MLO2113 or MLO2114.</exception>
    public PreparedHoldout WriteHoldout(string folder, CancellationToken cancellationToken = default)
    {
        using var session = Open(cancellationToken);
        return new HoldoutFiles(session, new TableWriter(session, folder), work, ScoredPart.Holdout).Write();
    }

    /// <summary>
    /// Writes the validation rows as <see cref="WriteHoldout"/> does the holdout, to <c>validation-rows.parquet</c> and
    /// <c>validation-labels.parquet</c>: in a pull request up to as many as of a holdout, more than a trainer of a sample gets.
    /// </summary>
    /// <exception cref="ProblemException">MLO2112, MLO2113 or MLO2114.</exception>
    public PreparedHoldout WriteValidation(string folder, CancellationToken cancellationToken = default)
    {
        using var session = Open(cancellationToken);
        return new HoldoutFiles(session, new TableWriter(session, folder), work, ScoredPart.Validation).Write();
    }

    /// <summary>
    /// Whether rows that an earlier model was trained on stand in this holdout: its split is made again over the rows of
    /// today. One pass over the data; nothing is kept in memory.
    /// </summary>
    public Contamination Meets(SplitRecord earlier, CancellationToken cancellationToken = default)
    {
        using var session = Open(cancellationToken);
        return EarlierSplit.Meets(session, Record, earlier);
    }

    private DataSession Open(CancellationToken cancellationToken)
    {
        var session = new DataSession(work.Settings, cancellationToken);
        try
        {
            var dataset = DatasetReader.Open(session, work.ProjectRoot, work.Plan.Data);
            if (Stamp(dataset) != stamp)
            {
                throw new ProblemException(new Problem(
                    "MLO2112",
                    "The data changed since the split was made.",
                    $"A file of '{work.Plan.Data.Source}' was written, added or removed in between.",
                    "Run the verb again while nothing writes to the data.")
                { Exit = ExitCode.Unavailable });
            }

            var views = new SplitViews(work.Plan, dataset, work.Label);
            views.CreateLabelled(session);
            views.CreateParted(session, work.Rule);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Files, sizes and times: cheap enough to look at before each use.</summary>
    private static string Stamp(Dataset dataset)
        => string.Join('\n', dataset.Files.Files.Select(path => new FileInfo(path)).Select(file => string.Create(
            CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")));
}

/// <summary>The files of a training.</summary>
/// <param name="Train">All training rows, of a release; null for a pull request.</param>
/// <param name="Validation">The validation rows, or null when there are none.</param>
/// <param name="Replicates">The samples of a pull request.</param>
public sealed record PreparedTraining(string? Train, string? Validation, IReadOnlyList<PreparedReplicate> Replicates);

/// <summary>A sample of a pull request.</summary>
/// <param name="Seed">The seed that chose it.</param>
/// <param name="Train">The Parquet file.</param>
/// <param name="Sample">The sample as a document.</param>
public sealed record PreparedReplicate(long Seed, string Train, SampleRecord Sample);

/// <summary>The files of a holdout.</summary>
/// <param name="Data">What scorers get.</param>
/// <param name="Labels">What the evaluation joins back.</param>
/// <param name="Rows">How many rows both have.</param>
/// <param name="Digest">Digest of their row keys, in any order.</param>
public sealed record PreparedHoldout(string Data, string Labels, long Rows, string Digest);
