using System.Globalization;
using MlOps.Build.Contracts;
using MlOps.Build.Tool.Pages;

namespace MlOps.Build.Tool.Verbs.Data;

/// <summary>How the answers about data look to people.</summary>
internal static class DataPages
{
    public static Page Snapshot(Snapshot snapshot)
        => new Page()
            .Fields(
                ("Source", snapshot.Source),
                ("Digest", snapshot.Digest),
                ("Files", Number(snapshot.Files.Length)),
                ("Rows", Number(snapshot.Rows)))
            .Table(
                ["Column", "Type", "Missing#", "Least", "Greatest"],
                snapshot.Columns.Select(column => (IReadOnlyList<string>)
                [
                    column.Name,
                    column.Type,
                    Number(column.Nulls),
                    column.Minimum ?? string.Empty,
                    column.Maximum ?? string.Empty,
                ]));

    public static Page Validation(DataValidation answer)
    {
        var found = answer.Checks.Where(check => check.Result is not CheckResult.Pass).ToArray();
        var page = new Page().Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{answer.Rows} rows, {answer.Columns} columns: {Count(answer, CheckResult.Error)} errors, {Count(answer, CheckResult.Warning)} warnings, {Count(answer, CheckResult.Pass)} checks passed."));
        foreach (var check in found)
        {
            page.Line($"{(check.Result is CheckResult.Error ? "error" : "warning")}: {check.Sentence}");
            if (check.Examples.Length > 0)
            {
                page.Line("  for example: " + string.Join(", ", check.Examples.Select(example =>
                    example.Value is null ? example.Row : $"{example.Row} = {example.Value}")));
            }
        }

        return page;
    }

    public static Page Split(SplitRecord split)
        => new Page()
            .Table(
                ["Part", "Rows#", "Digest"],
                [
                    ["train", Number(split.Train.Rows), split.Train.Digest],
                    ["validation", Number(split.Validation.Rows), split.Validation.Digest],
                    ["holdout", Number(split.Holdout.Rows), split.Holdout.Digest],
                ])
            .Fields(
                ("Validation from", split.ValidationFrom),
                ("Holdout from", split.HoldoutFrom),
                ("Left out", split.PurgedRows > 0 ? Number(split.PurgedRows) : null));

    public static Page Sample(SampleRecord sample)
    {
        var page = new Page().Fields(
            ("Rows", string.Create(CultureInfo.InvariantCulture, $"{sample.Rows} of {sample.AvailableRows}")),
            ("Seed", Number(sample.Seed)),
            ("Stratified by", sample.StratifiedBy),
            ("Digest", sample.Digest));
        return sample.Strata.Length == 0 ? page : page.Table(
            ["Stratum", "Available#", "Taken#"],
            sample.Strata.Select(stratum => (IReadOnlyList<string>)
                [stratum.Value ?? "(missing)", Number(stratum.AvailableRows), Number(stratum.Rows)]));
    }

    private static int Count(DataValidation answer, CheckResult result) => answer.Checks.Count(check => check.Result == result);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
