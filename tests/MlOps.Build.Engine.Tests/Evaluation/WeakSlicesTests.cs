using DuckDB.NET.Data;
using MlOps.Build.Contracts;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class WeakSlicesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops search ");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_slice_in_which_the_challenger_got_worse_is_found_and_no_other()
    {
        var fixture = new EvaluationFixture(6_000);
        var random = new Random(7);
        int[] region = [.. fixture.Labels.Select(_ => random.Next(6))];
        var baseline = Honest(fixture);
        fixture.With([.. baseline.Select((score, row) => region[row] == 4 ? 1 - score : score)], baseline);

        var search = Search(fixture, Column("region", region), Column("weekday", [.. region.Select(_ => random.Next(7))]))!;

        var found = Assert.Single(search.Found);
        Assert.Equal(("region", "4"), (found.Column, found.Value));
        // Every weekday holds rows of the region and is worse through them alone.
        Assert.Equal((2, 13, 8, "log-loss"), (search.Columns, search.Slices, search.Worse, search.Metric));
        Assert.Equal(region.Count(value => value == 4), found.Rows);
        Assert.True(found.Challenger > found.Baseline && found.Difference < 0 && found.Upper < 0 && found.PValue < 0.05);
        Assert.Equal(found.Baseline - found.Challenger, found.Difference, 12);
    }

    [Fact]
    public void Two_slices_that_got_worse_for_themselves_are_both_found()
    {
        var fixture = new EvaluationFixture(6_000);
        var random = new Random(3);
        int[] region = [.. fixture.Labels.Select(_ => random.Next(6))];
        int[] weekday = [.. region.Select(_ => random.Next(7))];
        var baseline = Honest(fixture);
        fixture.With([.. baseline.Select((score, row) => region[row] == 4 || weekday[row] == 6 ? 1 - score : score)], baseline);

        var search = Search(fixture, Column("region", region), Column("weekday", weekday))!;

        Assert.Equal([("region", "4"), ("weekday", "6")], search.Found.Select(slice => (slice.Column, slice.Value!)).Order());
    }

    [Fact]
    public void Twins_are_called_worse_somewhere_at_most_at_the_nominal_rate()
    {
        const int Repetitions = 300;
        var alarms = 0;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var fixture = new EvaluationFixture(600, (ulong)repetition + 1).Train(0.5, 0.5, shared: 0.5);
            var random = new Random(repetition);
            var columns = Enumerable.Range(0, 10).Select(column => Column($"c{column}", [.. fixture.Labels.Select(_ => random.Next(4))]));
            alarms += Search(fixture, [.. columns])!.Found.Length > 0 ? 1 : 0;
        }

        // At a rate of 5 % more than 24 of 300 come up in 1 of 100 runs.
        Assert.InRange(alarms, 1, 24);
    }

    [Fact]
    public void Trainings_that_disagree_widen_the_interval()
    {
        var alike = new EvaluationFixture(2_000);
        var scores = Honest(alike);
        double[] Weaker(double by) => [.. scores.Select(score => 0.5 + ((score - 0.5) * by))];
        alike.With(Weaker(0.6), scores).With(Weaker(0.6), scores).With(Weaker(0.6), scores);
        var unlike = new EvaluationFixture(2_000).With(Weaker(0.1), scores).With(Weaker(0.6), scores).With(Weaker(1.0), scores);
        var column = Column("half", [.. scores.Select((_, row) => row % 2)]);

        Assert.Equal(2, Search(alike, column)!.Found.Length);
        Assert.Empty(Search(unlike, column)!.Found);
    }

    [Fact]
    public void Rows_of_a_group_count_as_one()
    {
        var fixture = new EvaluationFixture(2_000);
        var scores = Honest(fixture);
        fixture.With([.. scores.Select((score, row) => row < 500 ? 1 - score : score)], scores);
        var column = Column("all", new int[scores.Length]);
        var alone = Search(fixture, column)!.Found;

        fixture.Groups = [.. Enumerable.Range(0, 2_000).Select(row => row / 500)];

        Assert.Single(alone);
        Assert.Empty(Search(fixture, column)!.Found);
    }

    [Fact]
    public void Slices_with_too_few_rows_are_not_compared()
    {
        var fixture = new EvaluationFixture(1_000).Train(0.5, 0.5);

        Assert.Equal(1, Search(fixture, Column("rare", [.. Enumerable.Range(0, 1_000).Select(row => row < 49 ? 1 : 0)]))!.Slices);
    }

    [Fact]
    public void Nothing_is_looked_for_without_a_baseline_or_a_change()
    {
        var column = Column("half", [.. Enumerable.Range(0, 400).Select(row => row % 2)]);

        Assert.Null(Search(new EvaluationFixture(400).Train(0.5, null), column));
        Assert.Null(Search(new EvaluationFixture(400) { NoChange = true }.Train(0.5, 0.5), column));
        Assert.Null(Evaluator.Evaluate(new EvaluationFixture(400).Train(0.5, 0.5).Input).WeakSlices);
    }

    [Fact]
    public void Every_column_of_the_features_is_cut_as_fits_its_kind()
    {
        var (labels, features) = Files("""
            i AS row_id, i % 3 AS month, i * 1.5 AS distance, 'id' || i AS tail, CASE WHEN i % 4 = 0 THEN NULL ELSE 'JFK' END AS origin,
            DATE '2026-01-01' + CAST(i % 20 AS INTEGER) AS day, 7 AS constant
            """);

        var searched = Read(labels, features, []).Searched!;

        Assert.Equal(["origin", "month", "distance", "day"], searched.Columns.Select(column => column.Name));
        Assert.Equal([null, "JFK"], searched.Columns[0].Values.Order());
        Assert.Equal(["0", "1", "2"], searched.Columns[1].Values);
        Assert.Equal(["< 30", "[30, 60)", "[60, 90)", "[90, 120)", ">= 120"], searched.Columns[2].Values);
        Assert.Equal(["< 2026-01-05", "[2026-01-05, 2026-01-09)", "[2026-01-09, 2026-01-13)", "[2026-01-13, 2026-01-17)", ">= 2026-01-17"], searched.Columns[3].Values);
        Assert.Equal(["tail has too many values", "constant has one value"], searched.LeftOut);
    }

    [Fact]
    public void Features_in_another_order_are_joined_by_row_id()
    {
        var (labels, features) = Files("99 - i AS row_id, (99 - i) % 5 AS month, 'x' AS origin");

        var column = Read(labels, features, ["month"]).Searched!.Columns.Single();

        Assert.Equal(Enumerable.Range(0, 100).Select(row => $"{row % 5}"), column.Codes.Select(code => column.Values[code]));
    }

    [Fact]
    public void Named_columns_are_looked_in_and_unknown_ones_are_said()
    {
        var (labels, features) = Files("i AS row_id, i % 3 AS month, i % 2 AS half, 'x' AS origin");

        var searched = Read(labels, features, ["half", "hafl"]).Searched!;

        Assert.Equal(["half"], searched.Columns.Select(column => column.Name));
        Assert.Equal(["hafl is no column of the holdout"], searched.LeftOut);
    }

    [Fact]
    public void At_most_fifty_columns_are_looked_in()
    {
        var (labels, features) = Files($"i AS row_id, 'x' AS origin, {string.Join(", ", Enumerable.Range(0, 52).Select(column => $"i % 2 AS c{column}"))}");

        var searched = Read(labels, features, []).Searched!;

        Assert.Equal(49, searched.Columns.Count);
        Assert.Equal(["c49 comes after the first 50", "c50 comes after the first 50", "c51 comes after the first 50", "origin has one value"], searched.LeftOut);
    }

    private static double[] Honest(EvaluationFixture fixture)
        => [.. fixture.Labels.Select(label => EvaluationFixture.Logistic((label * 2) - 1 + fixture.Gauss()))];

    private static SearchedColumn Column(string name, int[] codes)
        => new(name, Sensitive: false, [.. Enumerable.Range(0, codes.Max() + 1).Select(code => $"{code}")], Array.ConvertAll(codes, code => (byte)code));

    private static WeakSliceSearch? Search(EvaluationFixture fixture, params SearchedColumn[] columns)
    {
        fixture.Policy = new() { MinimumSupport = 50 };
        var input = fixture.Input;
        return Evaluator.Evaluate(input with { Holdout = input.Holdout with { Searched = new(columns, []) } }).WeakSlices;
    }

    private static HoldoutColumns Read(string labels, string features, IReadOnlyList<string> names)
        => HoldoutReader.Read(
            new LabelsFile { Path = labels, Task = ModelTask.BinaryClassification, Label = "late", Slices = ["origin"], Features = features, Searched = names }, []).Holdout;

    private (string Labels, string Features) Files(string columns)
    {
        var (labels, features) = (Path.Combine(folder.FullName, "labels.parquet"), Path.Combine(folder.FullName, "features.parquet"));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A query of this test.
        command.CommandText = $"""
            COPY (SELECT {columns} FROM range(100) t(i)) TO '{features}' (FORMAT parquet);
            COPY (SELECT row_id, row_id % 2 AS late, origin FROM '{features}' ORDER BY row_id) TO '{labels}' (FORMAT parquet);
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        return (labels, features);
    }
}
