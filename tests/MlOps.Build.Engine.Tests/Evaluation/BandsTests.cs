using MlOps.Build.Engine.Configuration;
using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Tests.Evaluating;

public sealed class BandsTests
{
    [Fact]
    public void A_number_on_an_edge_belongs_to_the_band_above()
    {
        var column = Cut([5, 6, 11.5, 12, 18, 40], new() { Edges = [6, 12, 18] });

        Assert.Equal(["< 6", "[6, 12)", "[12, 18)", ">= 18"], column.Values);
        Assert.Equal([0, 1, 1, 2, 3, 3], column.Codes);
    }

    [Fact]
    public void Rows_without_a_number_are_a_slice_of_their_own_and_bands_without_rows_are_none()
    {
        var column = Cut([7, double.NaN, 30], new() { Edges = [6, 12, 18] });

        Assert.Equal(["[6, 12)", ">= 18", null], column.Values);
        Assert.Equal([0, 2, 1], column.Codes);
    }

    [Fact]
    public void Quantiles_hold_as_many_rows_as_they_can()
    {
        var column = Cut([.. Enumerable.Range(0, 100).Select(row => (double)(row * 37 % 100))], new() { Quantiles = 4 });

        Assert.Equal(["< 25", "[25, 50)", "[50, 75)", ">= 75"], column.Values);
        Assert.Equal([25, 25, 25, 25], column.Members().Select(rows => rows.Length));
    }

    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 1 }, new[] { "every number" })]
    [InlineData(new[] { 0.0, 0, 0, 0, 0, 0, 1, 2 }, new[] { "< 1", ">= 1" })]
    [InlineData(new[] { 0.0, 1, 1, 1, 1, 1, 1, 1 }, new[] { "< 1", ">= 1" })]
    [InlineData(new[] { double.NaN, double.NaN }, new string?[] { null })]
    public void Equal_numbers_stay_together(double[] numbers, string?[] values)
        => Assert.Equal(values, Cut(numbers, new() { Quantiles = 4 }).Values);

    [Fact]
    public void Edges_are_written_alike_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new("de-DE");
        try
        {
            Assert.Equal(["< -0.5", "[-0.5, 1234.25)", ">= 1234.25"], Cut([-1, 0, 2000], new() { Edges = [-0.5, 1234.25] }).Values);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Columns_put_together_have_a_slice_for_each_pair_that_occurs()
    {
        var sex = SliceColumn.From("sex", sensitive: true, ["F", "M", "F", null, null]);
        var age = Bands.Cut("age", sensitive: false, [17, 40, 40, 40, double.NaN], new() { Edges = [18] });

        var pair = SliceColumns.Join("sex & age", [sex, age]);

        Assert.Equal([null, "(no value)&>= 18", "F&< 18", "F&>= 18", "M&>= 18"], pair.Values.Order(StringComparer.Ordinal));
        Assert.Equal(["F&< 18", "M&>= 18", "F&>= 18", "(no value)&>= 18", null], pair.Codes.Select(code => pair.Values[code]));
        Assert.True(pair.Sensitive);
    }

    [Fact]
    public void Only_pairs_that_a_rule_names_are_made()
    {
        var columns = new[] { "sex", "race", "R&D" }.Select(name => SliceColumn.From(name, sensitive: true, ["a", "b"])).ToArray();
        var policy = new GateConfiguration { Rules = [new() { Slices = ["sex & race", "R&D", "sex&none"] }, new() { Fairness = "equal-opportunity-difference", By = ["race", "sex & race"] }] };

        Assert.Equal(["sex", "race", "R&D", "sex & race"], SliceColumns.Of(columns, policy).Select(column => column.Name));
    }

    [Fact]
    public void A_rule_judges_the_pairs_of_two_columns()
    {
        var fixture = new EvaluationFixture(4_000).Train(0.4, 0.4);
        fixture.Slice("origin", row => row % 2 == 0 ? "EWR" : "JFK").Slice("daytime", row => row % 3 == 0 ? "night" : "day");
        fixture.Rules = [new() { Metric = "auc", Slices = ["origin & daytime"], NoWorseBy = new(0.05, false) }];

        var evaluation = Evaluator.Evaluate(fixture.Input);

        Assert.Equal(["EWR&day", "EWR&night", "JFK&day", "JFK&night"], evaluation.Rules.Select(rule => rule.Value));
        Assert.All(evaluation.Rules, rule => Assert.Equal("origin & daytime", rule.Column));
        Assert.Equal(fixture.Labels.Length, evaluation.Rules.Sum(rule => rule.Rows));
    }

    [Fact]
    public void A_fairness_rule_holds_pairs_of_groups_against_each_other()
    {
        var fixture = new EvaluationFixture(4_000).Train(0.4, 0.4);
        fixture.Slice("sex", row => row % 2 == 0 ? "F" : "M", sensitive: true).Slice("race", row => row % 3 == 0 ? "b" : "w", sensitive: true);
        fixture.Rules = [new() { Fairness = "demographic-parity-difference", By = ["sex & race"], AtMost = 0.5 }];

        var evaluation = Evaluator.Evaluate(fixture.Input);

        Assert.Equal(("sex & race", 4_000L), (evaluation.Rules.Single().By, evaluation.Rules.Single().Rows));
        Assert.Equal(["F&b", "F&w", "M&b", "M&w"], evaluation.Fairness.Single(table => table.Column == "sex & race").Groups.Select(group => group.Value));
    }

    private static SliceColumn Cut(double[] numbers, BandConfiguration bands) => Bands.Cut("hour", sensitive: false, numbers, bands);
}
