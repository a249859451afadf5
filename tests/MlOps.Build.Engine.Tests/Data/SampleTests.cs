using MlOps.Build.Contracts;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class SampleTests
{
    [Fact]
    public void A_smaller_sample_lies_inside_a_larger_one()
    {
        using var flights = Preparation.Of(Preparation.Flights(5_000));

        var sizes = new[] { 20L, 200, 1_000 }.Select(rows =>
        {
            flights.Sample = flights.Sample with { Rows = rows };
            return flights.Run(folder: flights.Folder.At($"out-{rows}")).SampleIds(0);
        }).ToArray();

        Assert.Equal([20, 200, 1_000], sizes.Select(ids => ids.Count));
        Assert.ProperSubset(sizes[1], sizes[0]);
        Assert.ProperSubset(sizes[2], sizes[1]);
    }

    [Fact]
    public void A_sample_does_not_depend_on_the_order_of_rows_or_files_or_on_threads()
    {
        var rows = Preparation.Flights(3_000).ToArray();
        using var one = Preparation.Of(rows);
        using var other = Preparation.Of(rows.Reverse().Skip(1_000), "b.csv");
        other.Folder.WithRows("a.csv", rows.Reverse().Take(1_000).OrderBy(row => row.Distance));
        other.Data = other.Data with { Source = "?.csv" };
        other.Threads = 1;
        other.Folder.Warnings.Clear();

        var (left, right) = (one.Run(), other.Run());

        Assert.Equal(Digest.OfDocument(left.Split), Digest.OfDocument(right.Split));
        Assert.Equal(left.Digests, right.Digests);
        Assert.Equal(
            left.Training.Replicates.Select(replicate => replicate.Sample.Digest),
            right.Training.Replicates.Select(replicate => replicate.Sample.Digest));
    }

    [Fact]
    public void Csv_and_parquet_of_the_same_rows_give_the_same_bytes()
    {
        using var csv = Preparation.Of(Preparation.Flights(1_000));
        using var parquet = Preparation.Of(Preparation.Flights(1_000), "flights.parquet");

        Assert.Equal(csv.Run().Digests, parquet.Run().Digests);
    }

    [Fact]
    public void Csv_and_parquet_of_the_same_rows_without_an_id_give_the_same_bytes()
    {
        using var csv = Preparation.Of(Preparation.Flights(1_000));
        using var parquet = Preparation.Of(Preparation.Flights(1_000), "flights.parquet");
        csv.Data = csv.Data with { Id = [] };
        parquet.Data = parquet.Data with { Id = [] };

        Assert.Equal(csv.Run().Digests, parquet.Run().Digests);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void A_sample_does_not_depend_on_the_culture(string culture)
    {
        using var flights = Preparation.Of(Preparation.Flights(1_000));
        var invariant = flights.Run(folder: flights.Folder.At("invariant"));
        var previous = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new(culture);
            flights.Split = flights.Split with { Holdout = 0.2 };

            Assert.Equal(invariant.Digests, flights.Run(folder: flights.Folder.At(culture)).Digests);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = previous;
        }
    }

    [Fact]
    public void Most_of_a_sample_stays_when_the_data_grow_a_little()
    {
        using var before = Preparation.Of(Preparation.Flights(4_000));
        using var after = Preparation.Of(Preparation.Flights(4_200));

        var (old, young) = (before.Run().SampleIds(0), after.Run().SampleIds(0));

        Assert.InRange(old.Intersect(young).Count(), 170, 200);
    }

    [Fact]
    public void Replicates_are_different_samples_of_the_same_size_and_shares()
    {
        using var flights = Preparation.Of(Preparation.Flights(4_000));
        flights.Sample = flights.Sample with { Seeds = 3 };

        var prepared = flights.Run(seed: 7);

        Assert.Equal([7, 8, 9], prepared.Training.Replicates.Select(replicate => replicate.Seed));
        Assert.Equal(3, prepared.Training.Replicates.Select(replicate => replicate.Sample.Digest).Distinct().Count());
        Assert.All(prepared.Training.Replicates, replicate => Assert.Equal(200, replicate.Sample.Rows));
        Assert.True(prepared.SampleIds(0).Intersect(prepared.SampleIds(1)).Count() < 40);
    }

    [Fact]
    public void A_sample_holds_training_rows_only()
    {
        using var flights = Preparation.Of(Preparation.Flights(2_000));
        var sample = flights.Run().SampleIds(0);
        flights.Mode = RunMode.Full;

        var all = flights.Run(folder: flights.Folder.At("full"));

        Assert.ProperSubset(all.TrainIds, sample);
    }

    [Fact]
    public void A_sample_keeps_the_shares_of_its_strata()
    {
        using var flights = Preparation.Of(Preparation.Flights(4_000));

        var sample = flights.Run().Training.Replicates[0].Sample;

        Assert.Equal("late", sample.StratifiedBy);
        Assert.Equal(["0", "1"], sample.Strata.Select(stratum => stratum.Value));
        Assert.Equal(40, sample.Strata[1].Rows, 2.0);
        Assert.Equal(sample.AvailableRows, sample.Strata.Sum(stratum => stratum.AvailableRows));
    }

    [Fact]
    public void A_missing_value_is_a_stratum_of_its_own()
    {
        using var flights = Preparation.Of(Preparation.Flights(1_000).Select(
            (row, i) => row with { Origin = i % 2 == 0 ? "" : row.Origin }));
        flights.Sample = flights.Sample with { Stratify = "origin" };

        var sample = flights.Run().Training.Replicates[0].Sample;

        Assert.Equal([null, "EWR", "JFK", "LGA"], sample.Strata.Select(stratum => stratum.Value));
        Assert.InRange(sample.Strata[0].Rows, 90, 110);
        Assert.Equal(200, sample.Rows);
    }

    [Fact]
    public void A_sample_is_at_most_half_of_the_training_rows()
    {
        using var flights = Preparation.Of(Preparation.Flights(300));
        flights.Sample = flights.Sample with { Rows = 20_000 };

        var prepared = flights.Run();

        var sample = prepared.Training.Replicates[0].Sample;
        Assert.Equal((20_000, prepared.Split.Train.Rows, prepared.Split.Train.Rows / 2), (sample.RequestedRows, sample.AvailableRows, sample.Rows));
        Assert.Equal(sample.Rows, prepared.SampleIds(0).Count);
    }

    [Fact]
    public void A_regression_is_not_stratified_by_its_label()
    {
        using var flights = Preparation.Of(Preparation.Flights(1_000));
        flights.Task = ModelTask.Regression;
        flights.Data = flights.Data with { Label = "distance" };

        var sample = flights.Run().Training.Replicates[0].Sample;

        Assert.Null(sample.StratifiedBy);
        Assert.Empty(sample.Strata);
        Assert.Equal(200, sample.Rows);
    }

    [Fact]
    public void Strata_without_number_are_refused()
    {
        using var flights = Preparation.Of(Preparation.Flights(20_000));
        flights.Sample = flights.Sample with { Stratify = "id" };

        Assert.Equal("MLO2115", flights.Refusal().Code);
    }

    [Fact]
    public void A_column_to_stratify_by_has_to_exist()
    {
        using var flights = Preparation.Of(Preparation.Flights(20));
        flights.Sample = flights.Sample with { Stratify = "orgin" };

        var problem = flights.Refusal();

        Assert.Equal(("MLO2106", "Did you mean 'origin'?"), (problem.Code, problem.Fix));
    }

    [Fact]
    public void Rows_that_are_all_alike_are_sampled_exactly()
    {
        using var flights = new Preparation { Sample = new() { Rows = 300, Seeds = 2 } };
        flights.Folder.WithQuery("a.parquet", "SELECT i % 12 AS x, i % 2 AS y FROM range(4000) r(i)");
        flights.Data = new() { Source = "a.parquet", Label = "y" };

        var prepared = flights.Run();

        Assert.Equal(300, prepared.SampleIds(0).Count);
        Assert.Equal(300, prepared.SampleIds(1).Count);
    }

    [Fact]
    public void A_sample_is_the_rows_with_the_smallest_hashes()
    {
        using var flights = Preparation.Of(Preparation.Flights(2_000));
        flights.Task = ModelTask.Regression;
        flights.Data = flights.Data with { Label = "distance" };
        flights.Sample = flights.Sample with { Rows = 50, Seeds = 1 };
        var sample = flights.Run(seed: 5).SampleIds(0);
        flights.Mode = RunMode.Full;

        var train = flights.Run(folder: flights.Folder.At("full")).TrainIds;

        var expected = train
            .OrderBy(id => System.IO.Hashing.XxHash64.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(id), 5))
            .Take(50);
        Assert.Equal(expected.Order(), sample.Order());
    }

    [Theory]
    [InlineData(0, 1_000, 8)]
    [InlineData(10, 1_000, 8)]
    [InlineData(1_000, 1_000, 8)]
    [InlineData(5, 5, 0)]
    public void A_cutoff_leaves_room_above_the_share_that_is_taken(long taken, long available, double slack)
    {
        var cutoff = BottomK.Cutoff(taken, available, slack);

        Assert.True(cutoff >= BottomK.Fraction((double)taken / available));
    }
}
