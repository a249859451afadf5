using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Configuration;

namespace MlOps.Build.Engine.Data;

/// <summary>
/// Makes the split of an earlier training again over the rows of today. A row's part is a function of the row, so only the
/// rule is kept, and the digests of its parts say whether the very same rows came out.
/// </summary>
internal static class EarlierSplit
{
    public static SplitPlan PlanOf(DataPlan plan, IReadOnlyList<DatasetColumn> columns) => new()
    {
        Keys = string.Create(CultureInfo.InvariantCulture, $"xxh64:{Seeds.Split:x16}") + (plan.Data.Id.Count > 0
            ? string.Empty
            : ":" + Digest.Of(string.Join('\n', columns.Select(column => $"{column.Name} {column.Type}").Order(StringComparer.Ordinal)))),
        Id = [.. plan.Data.Id],
        Group = plan.Data.Group,
        Time = plan.Data.Time,
        Holdout = plan.Split.Holdout,
        Validation = plan.Split.Validation,
        GapMicroseconds = plan.Split.Gap.Ticks / TimeSpan.TicksPerMicrosecond,
        Purge = plan.Split.Purge,
    };

    /// <summary>Whether rows of the earlier training stand in today's holdout; the view <c>parted</c> is today's.</summary>
    public static Contamination Meets(DataSession session, SplitRecord today, SplitRecord earlier)
    {
        if (earlier.Plan is not { } plan || Undecidable(today.Plan!, earlier.Method, plan) is not null)
        {
            var why = earlier.Plan is null
                ? "its package does not say how its rows were divided"
                : Undecidable(today.Plan!, earlier.Method, earlier.Plan)!;
            return ContaminationSentence.Of(ContaminationResult.Unknown, null, today.Holdout.Rows, isExact: false, why);
        }

        var groups = session.Rows(
            $"""
            SELECT earlier, today, count(*), {RowSet.Columns}
            FROM (SELECT {Names.Hash}, {Rule(earlier, plan).Expression} AS earlier, coalesce({Names.Part} = {Part.Holdout}, false) AS today FROM parted)
            WHERE earlier IS NOT NULL GROUP BY ALL
            """,
            row => (
                Part: Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture),
                IsJudged: row.GetBoolean(1),
                Rows: RowSet.Read(row, 2))).ToArray();
        var isExact = Of(Part.Train) == earlier.Train && Of(Part.Validation) == earlier.Validation;
        var meeting = groups.Where(group => group.IsJudged && group.Part != Part.Holdout).Sum(group => group.Rows.Rows);
        return ContaminationSentence.Of(
            meeting == 0 ? ContaminationResult.Clean : isExact ? ContaminationResult.Contaminated : ContaminationResult.Unknown,
            meeting,
            today.Holdout.Rows,
            isExact,
            "rows were added, changed or removed since, and which of them were there is not recorded");

        SplitPart Of(int part) => groups.Where(group => group.Part == part)
            .Aggregate(RowSet.Empty, (sum, group) => sum.Plus(group.Rows)).ToPart();
    }

    /// <summary>Why today's rows cannot be told apart as they were then, or null.</summary>
    private static string? Undecidable(SplitPlan today, SplitMethod method, SplitPlan earlier)
        => today.Keys != earlier.Keys || !today.Id.SequenceEqual(earlier.Id, StringComparer.Ordinal)
                ? "rows had other keys then"
            : method is SplitMethod.Group && today.Group != earlier.Group
                ? $"its rows were divided by the group '{earlier.Group}', which is not `data.group` now"
            : method is SplitMethod.Time && today.Time != earlier.Time
                ? $"its rows were divided by the time '{earlier.Time}', which is not `data.time` now"
            : null;

    /// <summary>Without the purge: rows that were left out then count as trained on, which errs on the safe side.</summary>
    private static SplitRule Rule(SplitRecord earlier, SplitPlan plan)
    {
        var holdoutFrom = earlier.HoldoutFrom is { } first ? Microseconds(first) : 0;
        return new SplitRule(
            earlier.Method,
            new SplitConfiguration
            {
                By = earlier.Method,
                Holdout = plan.Holdout,
                Validation = plan.Validation,
                Gap = TimeSpan.FromTicks(plan.GapMicroseconds * TimeSpan.TicksPerMicrosecond),
            },
            earlier.ValidationFrom is { } validation ? Microseconds(validation) : holdoutFrom,
            holdoutFrom);
    }

    private static long Microseconds(string iso)
        => (DateTime.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) - DateTime.UnixEpoch).Ticks
            / TimeSpan.TicksPerMicrosecond;
}
