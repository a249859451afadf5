using System.Globalization;
using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Data;

/// <summary>Checks that need the label and the split: what <c>mlops run</c> would stumble over later.</summary>
internal static class SplitRules
{
    // Below this, equal rows on both sides are what one expects of columns with few values.
    private const double OverlapWorthALook = 0.01;

    /// <summary>Runs them; a problem of label or split becomes an error of the answer.</summary>
    public static IEnumerable<DataCheck> Run(DataSession session, Dataset dataset, DataPlan plan)
    {
        LabelRule label;
        try
        {
            label = LabelRule.Settle(session, dataset, plan.Data, plan.Task);
        }
        catch (ProblemException exception)
        {
            return [Of("label", plan.Data.Label, exception.Problem)];
        }

        var views = new SplitViews(plan, dataset, label);
        views.CreateLabelled(session);
        var labelled = session.Count("SELECT count(*) FROM labelled");
        List<DataCheck> checks = [Label(plan, dataset.Rows, labelled), .. LeakRules.Run(session, dataset, plan, label, labelled)];
        try
        {
            var rule = SplitRules.Settle(session, dataset, plan, labelled);
            views.CreateParted(session, rule);
            var counts = PartCounts.Read(session, plan.Stratify is not null);
            DataPreparation.RefuseUnusable(plan, counts, labelled);
            checks.Add(Parts(counts));
            checks.Add(Overlap(session, dataset, plan, counts.Holdout.Rows));
        }
        catch (ProblemException exception)
        {
            checks.Add(Of("split", null, exception.Problem));
        }

        return checks;
    }

    private static SplitRule Settle(DataSession session, Dataset dataset, DataPlan plan, long labelled)
    {
        DataPreparation.CheckColumns(plan, dataset);
        return DataPreparation.Boundaries(session, plan, labelled);
    }

    private static DataCheck Label(DataPlan plan, long rows, long labelled) => new()
    {
        Check = "label",
        Column = plan.Data.Label,
        Result = labelled < rows ? CheckResult.Warning : CheckResult.Pass,
        Bound = null,
        Observed = string.Create(CultureInfo.InvariantCulture, $"{labelled} of {rows} rows have one"),
        BadRows = rows - labelled,
        Examples = [],
        Sentence = labelled < rows
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.Data.Label}: {rows - labelled} rows have no label and are left out. Check that they are not missing for a reason that a model should know.")
            : $"{plan.Data.Label}: every row has a label.",
    };

    private static DataCheck Parts(PartCounts counts) => new()
    {
        Check = "split",
        Column = null,
        Result = CheckResult.Pass,
        Bound = null,
        Observed = string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Train.Rows} train, {counts.Validation.Rows} validation, {counts.Holdout.Rows} holdout, {counts.Purged} left out"),
        BadRows = 0,
        Examples = [],
        Sentence = "The split leaves rows in every part that was asked for.",
    };

    /// <summary>Holdout rows that stand in the training part too, but for their id.</summary>
    private static DataCheck Overlap(DataSession session, Dataset dataset, DataPlan plan, long holdout)
    {
        var content = dataset.Columns
            .Where(column => !plan.Data.Id.Contains(column.Name) && !plan.Data.Ignore.Contains(column.Name))
            .ToArray();
        var hash = RowKey.Hash(RowKey.Of([], content), Seeds.Unique);
        var equal = content.Length == 0 ? 0 : session.Count($"""
            SELECT count(*) FROM (SELECT {hash} AS content FROM parted WHERE {Names.Part} = {Part.Holdout}) AS judged
            SEMI JOIN (SELECT {hash} AS content FROM parted WHERE {Names.Part} = {Part.Train}) AS trained
            ON judged.content = trained.content
            """);
        var isMany = equal > OverlapWorthALook * holdout;
        return new DataCheck
        {
            Check = "overlap",
            Column = null,
            Result = isMany ? CheckResult.Warning : CheckResult.Pass,
            Bound = string.Create(CultureInfo.InvariantCulture, $"at most {OverlapWorthALook * 100:0.##} % of the holdout"),
            Observed = string.Create(CultureInfo.InvariantCulture, $"{equal} of {holdout} rows"),
            BadRows = isMany ? equal : 0,
            Examples = [],
            Sentence = isMany
                ? string.Create(CultureInfo.InvariantCulture, $"{equal} holdout rows equal a training row in everything but the id, so the test flatters the model. Remove repeated rows, or name what they share as `data.group`.")
                : "Hardly any holdout row equals a training row.",
        };
    }

    private static DataCheck Of(string check, string? column, Problem problem) => new()
    {
        Check = check,
        Column = column,
        Result = CheckResult.Error,
        Bound = null,
        Observed = problem.Why,
        BadRows = 0,
        Examples = [],
        Sentence = $"{problem.What} {problem.Why} {problem.Fix}",
    };
}
