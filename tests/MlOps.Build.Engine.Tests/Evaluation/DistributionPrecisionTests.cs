using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

/// <summary>Quantiles to the last digits, where there are closed forms.</summary>
public sealed class DistributionPrecisionTests
{
    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.8, 0.8416212335729143)]
    [InlineData(0.3, -0.5244005127080407)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.5, 0)]
    public void Quantiles_of_the_normal_distribution(double p, double expected)
        => Assert.True(Math.Abs(expected - Normal.Quantile(p)) <= 4e-15 * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"{Normal.Quantile(p):R}"));

    [Fact]
    public void The_normal_quantile_ends_where_probabilities_do()
    {
        Assert.Equal(double.NegativeInfinity, Normal.Quantile(0));
        Assert.Equal(double.PositiveInfinity, Normal.Quantile(1));
    }

    [Theory]
    [InlineData(0.51)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(0.975)]
    [InlineData(0.9999)]
    [InlineData(0.1)]
    public void Quantiles_of_Student_with_1_2_and_4_degrees_of_freedom(double p)
    {
        // Closed forms: W. T. Shaw 2006, Sampling Student's T distribution, Journal of Computational Finance 9(4), 37-73.
        var a = 4 * p * (1 - p);
        var q = Math.Cos(Math.Acos(Math.Sqrt(a)) / 3) / Math.Sqrt(a);
        Near(Math.Tan(Math.PI * (p - 0.5)), StudentT.Quantile(p, 1));
        Near(2 * (p - 0.5) * Math.Sqrt(2 / a), StudentT.Quantile(p, 2));
        Near(Math.Sign(p - 0.5) * 2 * Math.Sqrt(q - 1), StudentT.Quantile(p, 4));

        // A 64-bit p next to 1 leaves so many digits of 1 - p.
        void Near(double expected, double actual)
            => Assert.True(Math.Abs(expected - actual) <= 2e-12 * Math.Abs(expected), FormattableString.Invariant($"{expected:R} {actual:R}"));
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(-1, 0.75)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NegativeInfinity, 1)]
    [InlineData(0, 0.5)]
    public void Tails_of_Student_with_one_degree_of_freedom(double t, double expected)
    {
        Assert.Equal(expected, StudentT.UpperTail(t, 1), 1e-14);
        Assert.Equal(Math.Min(1, 2 * Math.Min(expected, 1 - expected)), StudentT.TwoSided(t, 1), 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(400)]
    public void Clopper_and_Pearson_of_none_and_of_all(long trials)
    {
        var none = ClopperPearson.Of(0, trials, 0.975);
        var all = ClopperPearson.Of(trials, trials, 0.975);

        Assert.Equal((0, 1), (none.Lower, all.Upper));
        Assert.Equal(1 - Math.Pow(0.025, 1.0 / trials), none.Upper, 1e-13);
        Assert.Equal(Math.Pow(0.025, 1.0 / trials), all.Lower, 1e-13);
    }

    [Fact]
    public void Twenty_five_rows_that_differ_are_enough_for_the_mid_p_value()
    {
        var few = new PairedCorrectness(50, 6, 18, 10);
        var enough = new PairedCorrectness(50, 7, 18, 10);

        Assert.Equal(few.ExactPValue, few.PValue);
        Assert.Equal(enough.MidPValue, enough.PValue);
        Assert.NotEqual(enough.ExactPValue, enough.PValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_that_all_differ_alike_decide_at_once(bool better)
    {
        // Every row alike: an error of zero proves one side and refutes the other, and a limit that is met exactly is met.
        var estimate = new Estimate { Value = better ? 0.1 : -0.1, Replicates = 1, Method = "t", StandardError = 0, SamplingError = 0, Bounds = new(better ? 0.1 : -0.1, better ? 0.1 : -0.1) };

        Assert.Equal(better ? 1 : 0, Decision.HarmPValue(estimate, 0, 0.95));
        Assert.Equal(1, Decision.HarmPValue(estimate, estimate.Value, 0.95));
        Assert.Null(Decision.RowsToDecide(estimate, 0, 40, 0.95));
        Assert.Equal(0, Decision.MinimalDetectable(estimate, 0.95));
        Assert.Null(Decision.HarmPValue(estimate with { Bounds = null }, 0, 0.95));
    }

    [Theory]
    [InlineData(0.01, 0.02, true)]
    [InlineData(-0.01, 0.02, true)]
    [InlineData(0.04, 0.005, false)]
    public void Rows_to_decide_solve_the_formula_of_the_power(double value, double error, bool needsMore)
    {
        const int Rows = 1000;
        var estimate = new Estimate { Value = value, Replicates = 1, Method = "z", StandardError = error, SamplingError = error, Bounds = new(value - 0.05, value + 0.05) };
        var factor = Normal.Quantile(0.95) + Normal.Quantile(0.8);

        var needed = Decision.RowsToDecide(estimate, 0, Rows, 0.95);

        Assert.Equal(needsMore ? (long)Math.Ceiling(Rows * error * error * factor * factor / (value * value)) : null, needed);
    }

    [Theory]
    [InlineData(0.0, 0.02, true)]
    [InlineData(0.001, 0.02, false)]
    [InlineData(-0.02, 0.0, true)]
    [InlineData(-0.02, -0.001, false)]
    public void A_bound_on_the_limit_itself_is_undecided(double lower, double upper, bool undecided)
        => Assert.Equal(
            undecided,
            Decision.RowsToDecide(new Estimate { Value = (lower + upper) / 2, Replicates = 1, Method = "z", StandardError = 0.02, SamplingError = 0.02, Bounds = new(lower, upper) }, 0, 1000, 0.95) is not null);
}
