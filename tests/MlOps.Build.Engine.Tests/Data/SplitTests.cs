using MlOps.Build.Contracts;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class SplitTests
{
    [Fact]
    public void Every_row_is_in_one_part()
    {
        using var flights = Preparation.Of(Preparation.Flights(2_000));
        flights.Mode = RunMode.Full;

        var prepared = flights.Run();

        var all = prepared.TrainIds.Concat(prepared.ValidationIds).Concat(prepared.HoldoutIds).ToArray();
        Assert.Equal(2_000, all.Length);
        Assert.Equal(2_000, all.Distinct().Count());
        Assert.Equal(prepared.Split.Train.Rows, prepared.TrainIds.Count);
        Assert.Equal(prepared.Split.Validation.Rows, prepared.ValidationIds.Count);
        Assert.Equal(prepared.Split.Holdout.Rows, prepared.HoldoutIds.Count);
        Assert.InRange(prepared.HoldoutIds.Count, 330, 470);
        Assert.InRange(prepared.ValidationIds.Count, 140, 260);
    }

    [Fact]
    public void A_row_stays_where_it_is_when_the_data_grow()
    {
        using var few = Preparation.Of(Preparation.Flights(1_000));
        using var many = Preparation.Of(Preparation.Flights(3_000));
        few.Mode = many.Mode = RunMode.Full;

        var (before, after) = (few.Run(), many.Run());

        Assert.Subset(after.TrainIds, before.TrainIds);
        Assert.Subset(after.HoldoutIds, before.HoldoutIds);
        Assert.NotEqual(before.Split.Train.Digest, after.Split.Train.Digest);
    }

    [Theory]
    [InlineData(SplitMethod.Group)]
    [InlineData(SplitMethod.Hash)]
    public void A_group_is_never_divided(SplitMethod by)
    {
        using var flights = Preparation.Of(Preparation.Flights(2_000));
        flights.Mode = RunMode.Full;
        flights.Data = flights.Data with { Group = "plane" };
        flights.Split = flights.Split with { By = by };

        var prepared = flights.Run();

        var planeOf = Preparation.Flights(2_000).ToDictionary(row => row.Id, row => row.Plane);
        var parts = new[] { prepared.TrainIds, prepared.ValidationIds, prepared.HoldoutIds }
            .Select(ids => ids.Select(id => planeOf[id]).Distinct())
            .SelectMany(planes => planes)
            .ToArray();
        Assert.Equal(97, parts.Length);
        Assert.Equal(SplitMethod.Group, prepared.Split.Method);
        Assert.True(prepared.ValidationIds.Count > 0 && prepared.HoldoutIds.Count > 0);
    }

    [Fact]
    public void Rows_without_a_group_are_groups_of_their_own()
    {
        using var flights = Preparation.Of(Preparation.Flights(500).Select(row => row with { Plane = "" }));
        flights.Data = flights.Data with { Group = "plane" };
        flights.Split = flights.Split with { By = SplitMethod.Group };

        var record = flights.Plan().Record;

        Assert.InRange(record.Holdout.Rows, 60, 140);
    }

    [Fact]
    public void A_time_split_judges_on_the_latest_rows()
    {
        using var flights = Preparation.Of(Preparation.Flights(1_000));
        flights.Mode = RunMode.Full;
        flights.Split = flights.Split with { By = SplitMethod.Time };

        var prepared = flights.Run();

        var whenOf = Preparation.Flights(1_000).ToDictionary(row => row.Id, row => row.When);
        Assert.True(prepared.TrainIds.Max(id => whenOf[id]) < prepared.ValidationIds.Min(id => whenOf[id]));
        Assert.True(prepared.ValidationIds.Max(id => whenOf[id]) < prepared.HoldoutIds.Min(id => whenOf[id]));
        Assert.Equal((700, 100, 200), (prepared.TrainIds.Count, prepared.ValidationIds.Count, prepared.HoldoutIds.Count));
        Assert.Equal(
            prepared.HoldoutIds.Min(id => whenOf[id]).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), prepared.Split.HoldoutFrom);
    }

    [Fact]
    public void Rows_of_one_time_stay_together()
    {
        var days = Preparation.Flights(1_000).Select((row, i) => row with { When = new DateTime(2024, 1, 1).AddDays(i % 7) });
        using var flights = Preparation.Of(days);
        flights.Split = flights.Split with { By = SplitMethod.Time, Validation = 0 };

        var record = flights.Plan().Record;

        Assert.Equal("2024-01-06T00:00:00Z", record.HoldoutFrom);
        Assert.Equal(143 + 142, record.Holdout.Rows);
        Assert.Null(record.ValidationFrom);
        Assert.Equal(0, record.Validation.Rows);
    }

    [Fact]
    public void A_gap_leaves_out_the_rows_just_before_each_boundary()
    {
        using var flights = Preparation.Of(Preparation.Flights(1_000));
        flights.Mode = RunMode.Full;
        flights.Split = flights.Split with { By = SplitMethod.Time, Gap = TimeSpan.FromHours(2) };

        var prepared = flights.Run();

        var whenOf = Preparation.Flights(1_000).ToDictionary(row => row.Id, row => row.When);
        var holdout = prepared.HoldoutIds.Min(id => whenOf[id]);
        Assert.All(prepared.ValidationIds, id => Assert.True(whenOf[id] < holdout - TimeSpan.FromHours(2)));
        Assert.True(prepared.Split.PurgedRows > 0);
        Assert.Equal(
            1_000,
            prepared.Split.PurgedRows + prepared.TrainIds.Count + prepared.ValidationIds.Count + prepared.HoldoutIds.Count);
    }

    [Fact]
    public void A_purge_leaves_groups_of_a_later_part_out_of_the_earlier_ones()
    {
        using var flights = Preparation.Of(Preparation.Flights(300).Select(
            (row, i) => row with { Plane = i % 10 == 0 ? "old" : $"P{row.When.DayOfYear}-{i % 50}" }));
        flights.Mode = RunMode.Full;
        flights.Data = flights.Data with { Group = "plane" };
        flights.Split = flights.Split with { By = SplitMethod.Time, Purge = true };

        var prepared = flights.Run();

        Assert.DoesNotContain("F00000", prepared.TrainIds);
        Assert.Equal(60, prepared.HoldoutIds.Count);
        Assert.True(prepared.Split.PurgedRows > 0);
        Assert.Equal(SplitMethod.Time, prepared.Split.Method);
    }

    [Theory]
    [InlineData("DATE '2024-01-01' + (i % 20)::INTEGER")]
    [InlineData("TIMESTAMPTZ '2024-01-01 00:00:00+02' + to_hours(i)")]
    [InlineData("(TIMESTAMP '1960-01-01' + to_hours(i))::TIMESTAMP_NS")]
    public void Dates_and_timestamps_of_any_kind_divide_rows(string time)
    {
        using var flights = new Preparation();
        flights.Folder.WithQuery("a.parquet", $"SELECT i AS id, {time} AS t, i % 2 AS y FROM range(200) r(i)");
        flights.Data = new() { Source = "a.parquet", Id = ["id"], Label = "y", Time = "t" };
        flights.Split = flights.Split with { By = SplitMethod.Time };

        var record = flights.Plan().Record;

        Assert.Equal((140, 20, 40), (record.Train.Rows, record.Validation.Rows, record.Holdout.Rows));
    }

    [Fact]
    public void A_time_that_is_missing_cannot_divide_rows()
    {
        using var flights = new Preparation();
        flights.Folder.WithCsv("a.csv", "id,t,y", "1,2024-01-01,1", "2,,0", "3,2024-01-03,0");
        flights.Data = new() { Source = "a.csv", Id = ["id"], Label = "y", Time = "t" };
        flights.Split = flights.Split with { By = SplitMethod.Time };

        var problem = flights.Refusal();

        Assert.Equal(("MLO2109", "1 rows have none."), (problem.Code, problem.Why));
    }

    [Fact]
    public void A_time_that_is_a_number_cannot_divide_rows()
    {
        using var flights = Preparation.Of(Preparation.Flights(10));
        flights.Data = flights.Data with { Time = "distance" };
        flights.Split = flights.Split with { By = SplitMethod.Time };

        Assert.Equal("MLO2109", flights.Refusal().Code);
    }

    [Theory]
    [InlineData(SplitMethod.Time, "MLO2109", "data.time")]
    [InlineData(SplitMethod.Group, "MLO2106", "data.group")]
    public void A_split_needs_its_column(SplitMethod by, string code, string setting)
    {
        using var flights = Preparation.Of(Preparation.Flights(10));
        flights.Data = flights.Data with { Time = null, Group = null };
        flights.Split = flights.Split with { By = by };

        var problem = flights.Refusal();

        Assert.Equal(code, problem.Code);
        Assert.Contains(setting, problem.Why + problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_that_leaves_nothing_to_train_on_says_how_many_rows_went_where()
    {
        using var flights = Preparation.Of(Preparation.Flights(50).Select(row => row with { When = new(2024, 1, 1) }));
        flights.Split = flights.Split with { By = SplitMethod.Time };

        var problem = flights.Refusal();

        Assert.Equal("MLO2110", problem.Code);
        Assert.Equal("Of 50 rows 0 are for training, 0 for validation and 50 for the holdout.", problem.Why);
    }

    [Fact]
    public void A_repeated_id_is_refused_with_examples()
    {
        using var flights = Preparation.Of(Preparation.Flights(2_000).Concat(Preparation.Flights(7)).Concat(Preparation.Flights(1)));

        var problem = flights.Refusal();

        Assert.Equal("MLO2108", problem.Code);
        Assert.Contains("8 rows with a repeated one", problem.What, StringComparison.Ordinal);
        Assert.Contains("F00000 (3 rows), F00001 (2 rows)", problem.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("F00005", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_id_is_refused()
    {
        using var flights = Preparation.Of(Preparation.Flights(20).Append(Preparation.Flights(1).Single() with { Id = "" }));

        var problem = flights.Refusal();

        Assert.Equal("MLO2108", problem.Code);
        Assert.Contains("1 row without one", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_together_may_be_the_id()
    {
        using var flights = Preparation.Of(Preparation.Flights(500));
        flights.Data = flights.Data with { Id = ["when", "plane"] };
        flights.Mode = RunMode.Full;

        var prepared = flights.Run();

        Assert.Contains(prepared.TrainIds, id => id.Contains('\u001f'));
        Assert.Contains("when", flights.Folder.Columns(prepared.Training.Train!));
    }

    [Fact]
    public void Without_an_id_equal_rows_stay_together_and_have_ids_of_their_own()
    {
        using var flights = new Preparation { Mode = RunMode.Full };
        flights.Folder.WithQuery("a.parquet", "SELECT i % 100 AS x, i % 2 AS y FROM range(1000) r(i)");
        flights.Data = new() { Source = "a.parquet", Label = "y" };

        var prepared = flights.Run();

        var all = prepared.TrainIds.Concat(prepared.ValidationIds).Concat(prepared.HoldoutIds).ToArray();
        Assert.Equal(1_000, all.Distinct().Count());
        Assert.Equal(0, prepared.HoldoutIds.Count % 10);
        Assert.Contains(flights.Folder.Warnings, warning => warning.Contains("`data.id` is not set", StringComparison.Ordinal));
    }
}
