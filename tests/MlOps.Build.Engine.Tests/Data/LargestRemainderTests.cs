using CsCheck;
using MlOps.Build.Engine.Data;

namespace MlOps.Build.Engine.Tests.Data;

public sealed class LargestRemainderTests
{
    [Theory]
    [InlineData("carrier|n=1000", 1_000)]
    [InlineData("carrier x late|n=5000", 5_000)]
    public void Allocations_are_the_golden_ones(string name, long rows)
    {
        using var golden = XxHash64FunctionTests.Golden();
        var example = golden.RootElement.GetProperty("stratified_largest_remainder").GetProperty(name);
        var strata = example.GetProperty("counts").EnumerateObject()
            .Select(count => new StratumSize(count.Name, count.Value.GetInt64())).ToArray();

        var shares = LargestRemainder.Allocate(strata, rows);

        Assert.Equal(
            example.GetProperty("allocation").EnumerateObject()
                .OrderBy(share => share.Name, StringComparer.Ordinal).Select(share => (share.Name, share.Value.GetInt64())),
            shares.Select(share => (share.Name!, share.Taken)));
    }

    [Fact]
    public void Equal_fractions_go_in_order_of_names_and_a_missing_name_first()
    {
        StratumSize[] strata = [new("b", 10), new("a", 10), new(null, 10)];

        Assert.Equal([(null, 2L), ("a", 1L), ("b", 1L)], LargestRemainder.Allocate(strata, 4).Select(share => (share.Name, share.Taken)));
    }

    [Fact]
    public void Shares_add_up_stay_within_their_strata_and_are_off_by_less_than_one()
        => Gen.Select(Gen.Long[0, 1_000_000].Array[1, 20], Gen.Long[0, 3_000_000]).Sample((sizes, rows) =>
        {
            var strata = sizes.Select((size, i) => new StratumSize($"s{i}", size)).ToArray();
            var all = sizes.Sum();

            var shares = LargestRemainder.Allocate(strata, rows);

            Assert.Equal(all == 0 ? 0 : Math.Min(rows, all), shares.Sum(share => share.Taken));
            Assert.All(shares, share => Assert.InRange(share.Taken, 0, share.Available));
            Assert.All(shares, share => Assert.True(
                Math.Abs(share.Taken - (double)Math.Min(rows, all) * share.Available / all) < 1));
        });

    [Fact]
    public void A_larger_sample_takes_no_less_from_any_stratum_by_more_than_one()
        => Gen.Select(Gen.Long[1, 10_000].Array[1, 10], Gen.Long[1, 1_000], Gen.Long[1, 1_000]).Sample((sizes, few, more) =>
        {
            var strata = sizes.Select((size, i) => new StratumSize($"s{i}", size)).ToArray();

            var small = LargestRemainder.Allocate(strata, few);
            var large = LargestRemainder.Allocate(strata, few + more);

            // The method of largest remainders may take one back (the Alabama paradox), never more.
            Assert.All(small.Zip(large), pair => Assert.True(pair.Second.Taken >= pair.First.Taken - 1));
        });
}
