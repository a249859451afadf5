using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class IntervalTests
{
    private const double Z = 1.959963984540054;

    [Theory]
    [InlineData("letter", "pred-letter.csv")]
    [InlineData("penguins", "pred-penguins.csv")]
    public void McNemar_and_Newcombe_give_the_values_of_the_reference(string name, string file)
    {
        var csv = GoldenFile.Csv(file);
        var golden = GoldenFile.Json("gate.json", name, "mcnemar");

        var pairs = PairedCorrectness.Of(Correct(csv, "champion"), Correct(csv, "challenger"));

        Assert.Equal(golden.GetProperty("champion_only").GetInt64(), pairs.BaselineOnly);
        Assert.Equal(golden.GetProperty("challenger_only").GetInt64(), pairs.ChallengerOnly);
        GoldenFile.Equal(golden.GetProperty("accuracy_difference").GetDouble(), pairs.Difference);
        GoldenFile.Equal(golden.GetProperty("se_wald").GetDouble(), pairs.StandardError);
        GoldenFile.Equal(golden.GetProperty("p_exact").GetDouble(), pairs.ExactPValue, 1e-6);
        GoldenFile.Equal(golden.GetProperty("p_mid").GetDouble(), pairs.MidPValue, 1e-6);
        var interval = pairs.Newcombe(Z);
        GoldenFile.Equal(golden.GetProperty("ci95_newcombe_paired")[0].GetDouble(), interval.Lower);
        GoldenFile.Equal(golden.GetProperty("ci95_newcombe_paired")[1].GetDouble(), interval.Upper);
    }

    [Theory]
    [InlineData("late", "mcnemar_threshold_0_5")]
    [InlineData("late", "mcnemar_threshold_0_2")]
    [InlineData("adult", "mcnemar_threshold_0_5")]
    [InlineData("adult_first_500", "mcnemar_threshold_0_5")]
    public void McNemar_from_counts_alone_gives_the_values_of_the_reference(string name, string test)
    {
        var golden = GoldenFile.Json("gate.json", name, test);
        long Count(string key) => golden.GetProperty(key).GetInt64();

        var pairs = new PairedCorrectness(Count("both_correct"), Count("champion_only"), Count("challenger_only"), Count("both_wrong"));

        GoldenFile.Equal(golden.GetProperty("p_exact").GetDouble(), pairs.ExactPValue, 1e-6);
        GoldenFile.Equal(golden.GetProperty("p_mid").GetDouble(), pairs.MidPValue, 1e-6);
        GoldenFile.Equal(golden.GetProperty("ci95_newcombe_paired")[0].GetDouble(), pairs.Newcombe(Z).Lower);
    }

    [Fact]
    public void Models_that_never_differ_have_a_p_value_of_one()
        => Assert.Equal(1, new PairedCorrectness(10, 0, 0, 5).PValue);

    [Theory]
    [InlineData("accuracy_ci95_wilson", 1784, 2000)]
    [InlineData("precision_ci95_wilson", 34, 94)]
    [InlineData("recall_ci95_wilson", 34, 190)]
    public void Wilsons_interval_gives_the_values_of_the_reference(string key, double successes, double trials)
    {
        var golden = GoldenFile.Json("metrics.json", "pred-ties.csv", "score", "threshold_0.45", key);

        var interval = Wilson.Of(successes / trials, trials, Z);

        GoldenFile.Equal(golden[0].GetDouble(), interval.Lower);
        GoldenFile.Equal(golden[1].GetDouble(), interval.Upper);
    }

    [Fact]
    public void Wilsons_interval_of_none_starts_at_zero_and_has_a_width()
    {
        var interval = Wilson.Of(0, 10, Z);

        Assert.Equal(0, interval.Lower);
        Assert.InRange(interval.Upper, 0.25, 0.30);
    }

    [Theory]
    [InlineData(1.281964107248273, 0.19985523751327494)]
    [InlineData(2.5947411986099866, 0.009466216779605241)]
    [InlineData(17.49905455568555, 1.456670756361714e-68)]
    public void Tails_of_the_normal_distribution_are_exact_far_out(double z, double expected)
        => GoldenFile.Equal(expected, Normal.TwoSided(z), 1e-6);

    [Theory]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    public void Quantiles_of_the_normal_distribution_have_full_precision(double p, double expected)
        => GoldenFile.Equal(expected, Normal.Quantile(p), 1e-14);

    [Theory]
    [InlineData(0.13591406259816544, 8209, 0.891892550911267)]
    [InlineData(-4.105195791326303, 8209, 4.0788674916424746e-05)]
    [InlineData(-3.680001821046002, 8209, 0.00023472611507162398)]
    public void Tails_of_the_t_distribution_give_the_values_of_scipy(double t, double df, double expected)
        => GoldenFile.Equal(expected, StudentT.TwoSided(t, df), 1e-6);

    [Theory]
    [InlineData(0.95, 2, 2.919985580353726)]
    [InlineData(0.975, 10, 2.2281388519649385)]
    [InlineData(0.95, 1, 6.313751514675043)]
    [InlineData(0.05, 2, -2.919985580353726)]
    public void Quantiles_of_the_t_distribution_match_the_tables(double p, double df, double expected)
        => GoldenFile.Equal(expected, StudentT.Quantile(p, df), 1e-9);

    [Fact]
    public void Holm_multiplies_by_the_hypotheses_left_and_never_falls()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];

        var adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005]);

        Assert.Equal(expected, adjusted, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static double[] Correct(Dictionary<string, string[]> csv, string side)
        => csv.TryGetValue(side, out var labels)
            ? [.. csv["y"].Zip(labels, (y, predicted) => y == predicted ? 1.0 : 0.0)]
            : [.. csv["y"].Select((y, row) => y == Largest(csv, side, row) ? 1.0 : 0.0)];

    private static string Largest(Dictionary<string, string[]> csv, string side, int row)
        => new[] { "Adelie", "Chinstrap", "Gentoo" }
            .MaxBy(name => double.Parse(csv[$"{side}_{name}"][row], System.Globalization.CultureInfo.InvariantCulture))!;
}
