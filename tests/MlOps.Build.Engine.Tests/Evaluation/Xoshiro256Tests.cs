using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class Xoshiro256Tests
{
    [Fact]
    public void The_stream_of_seed_zero_is_that_of_the_published_algorithm()
    {
        var random = new Xoshiro256(0);

        // splitmix64(0) seeds, xoshiro256** draws: the first outputs of the reference implementation.
        Assert.Equal(
            [0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0, 0x6AA594F1262D2D2C],
            Enumerable.Range(0, 4).Select(_ => random.Next()));
    }

    [Fact]
    public void Streams_of_neighbouring_indices_share_no_number()
    {
        var numbers = Enumerable.Range(0, 200)
            .SelectMany(index => Numbers(Xoshiro256.Stream(42, index)))
            .ToList();

        Assert.Equal(numbers.Count, numbers.Distinct().Count());

        static IEnumerable<ulong> Numbers(Xoshiro256 random) => Enumerable.Range(0, 50).Select(_ => random.Next());
    }

    [Fact]
    public void Bounded_numbers_are_spread_evenly()
    {
        var random = new Xoshiro256(7);
        var counts = new int[10];

        for (var i = 0; i < 100_000; i++)
        {
            counts[random.Next(10)]++;
        }

        // Chi-squared with 9 degrees of freedom: 27.9 is exceeded once in a thousand seeds.
        Assert.True(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000) < 27.9);
    }
}
