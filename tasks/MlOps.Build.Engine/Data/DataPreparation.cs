using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Hosts;

namespace MlOps.Build.Engine.Data;

/// <summary>
/// Divides a dataset and writes the files that trainers, scorers and the evaluation get. <see cref="Plan"/> settles which
/// row goes where; the holdout can then be written after training has ended, from the same plan.
/// </summary>
public sealed class DataPreparation(string projectRoot, DataSettings settings, IProgressLog log)
{
    private const int MostStrata = 10_000;

    /// <summary>Checks the key and the label and settles the split.</summary>
    /// <exception cref="ProblemException">MLO2101 to MLO2115.</exception>
    public PreparedSplit Plan(DataPlan plan, CancellationToken cancellationToken = default)
    {
        using var session = new DataSession(settings, cancellationToken);
        var dataset = DatasetReader.Open(session, projectRoot, plan.Data);
        CheckColumns(plan, dataset);
        CheckKey(session, dataset, plan);
        var label = LabelRule.Settle(session, dataset, plan.Data, plan.Task);
        var views = new SplitViews(plan, dataset, label);
        views.CreateLabelled(session);
        var rows = Labelled(session, dataset, plan);
        var rule = Boundaries(session, plan, rows);
        views.CreateParted(session, rule);
        var counts = PartCounts.Read(session, plan.Stratify is not null);
        RefuseUnusable(plan, counts, rows);
        return new PreparedSplit(
            new SplitWork(projectRoot, settings, log, plan, label, rule, counts), Record(plan, rule, counts, dataset), dataset);
    }

    internal static void CheckColumns(DataPlan plan, Dataset dataset)
    {
        if (plan.Sample.Stratify is { } stratify)
        {
            DataColumns.Find("sample.stratify", stratify, dataset.Columns);
        }

        if (plan.Split.By is SplitMethod.Group && plan.Data.Group is null)
        {
            throw new ProblemException(new Problem(
                "MLO2106",
                "The data could not be split by group.",
                "`data.group` does not name a column.",
                "Set `data.group` in mlops.yml, or `split: { by: hash }`."));
        }

        if (plan.Split.By is SplitMethod.Time && (plan.Data.Time is null || !dataset[plan.Data.Time].IsTime))
        {
            throw new ProblemException(new Problem(
                "MLO2109",
                plan.Data.Time is { } name ? $"The time '{name}' could not be used." : "The data could not be split by time.",
                plan.Data.Time is { } time
                    ? $"It is {dataset[time].Type}, not a date or a timestamp."
                    : "`data.time` does not name a column.",
                plan.Data.Time is { } column
                    ? $"Declare it in mlops.yml, `expect: {{ {column}: {{ type: timestamp }} }}`, or split by hash."
                    : "Set `data.time` in mlops.yml, or `split: { by: hash }`."));
        }
    }

    private void CheckKey(DataSession session, Dataset dataset, DataPlan plan)
    {
        if (plan.Data.Id.Count > 0)
        {
            KeyCheck.Refuse(session, dataset, plan.Data);
            return;
        }

        log.Warn("`data.id` is not set, so the content of a row is its key: a corrected value makes it another row, which "
            + "may move from training to holdout. Name a unique column.");
    }

    private long Labelled(DataSession session, Dataset dataset, DataPlan plan)
    {
        var rows = session.Count("SELECT count(*) FROM labelled");
        if (rows < dataset.Rows)
        {
            log.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{dataset.Rows - rows} of {dataset.Rows} rows have no label '{plan.Data.Label}' and are left out."));
        }

        return rows;
    }

    internal static SplitRule Boundaries(DataSession session, DataPlan plan, long rows)
    {
        if (plan.Method is not SplitMethod.Time)
        {
            return new SplitRule(plan.Method, plan.Split, 0, 0);
        }

        var missing = session.Count($"SELECT count(*) FROM labelled WHERE {Names.Time} IS NULL");
        if (missing > 0)
        {
            throw new ProblemException(new Problem(
                "MLO2109",
                $"The time '{plan.Data.Time}' could not be used.",
                string.Create(CultureInfo.InvariantCulture, $"{missing} rows have none."),
                "Fill it in, remove those rows, or split by hash: `split: { by: hash }`."));
        }

        // Rows of one time stay together, on the later side.
        var holdout = TimeQuantile.AtRank(session, "labelled", Names.Time, Rank(rows, plan.Split.Holdout));
        var validation = plan.Split.Validation > 0
            ? TimeQuantile.AtRank(
                session, "labelled", Names.Time, Rank(rows, SplitRule.NotForTraining(plan.Split)))
            : holdout;
        return new SplitRule(SplitMethod.Time, plan.Split, validation, holdout);
    }

    private static long Rank(long rows, double latest)
        => Math.Clamp((long)Math.Ceiling(rows * (1 - (decimal)latest)), 0, rows - 1);

    internal static void RefuseUnusable(DataPlan plan, PartCounts counts, long rows)
    {
        if (counts.Strata.Count > MostStrata)
        {
            throw TooManyStrata(plan, counts);
        }

        var empty = counts.Train.Rows == 0 ? "to train on" : counts.Holdout.Rows == 0 ? "to judge a model on" : null;
        if (empty is not null)
        {
            throw new ProblemException(new Problem(
                "MLO2110",
                $"The split leaves no rows {empty}.",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of {rows} rows {counts.Train.Rows} are for training, {counts.Validation.Rows} for validation and {counts.Holdout.Rows} for the holdout."),
                "Bring more data, or change `split.holdout` and `split.validation` in mlops.yml."));
        }
    }

    private static ProblemException TooManyStrata(DataPlan plan, PartCounts counts) => new(new Problem(
        "MLO2115",
        $"The sample cannot be stratified by '{plan.Stratify}'.",
        string.Create(
            CultureInfo.InvariantCulture,
            $"It has {counts.Strata.Count} values; at most {MostStrata} can be kept in proportion."),
        "Set `sample.stratify` to a column with few values, or leave it out."));

    private static SplitRecord Record(DataPlan plan, SplitRule rule, PartCounts counts, Dataset dataset)
    {
        var isTime = rule.Method is SplitMethod.Time;
        return new SplitRecord
        {
            SnapshotDigest = plan.SnapshotDigest,
            Method = rule.Method,
            Train = counts.Train,
            Validation = counts.Validation,
            Holdout = counts.Holdout,
            ValidationFrom = isTime && plan.Split.Validation > 0 ? Iso(rule.ValidationFrom) : null,
            HoldoutFrom = isTime ? Iso(rule.HoldoutFrom) : null,
            PurgedRows = counts.Purged,
            Plan = EarlierSplit.PlanOf(plan, dataset.Columns),
        };
    }

    private static string Iso(long microseconds)
        => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
